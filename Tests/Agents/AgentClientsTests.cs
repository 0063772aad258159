using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using TraceDemo.AgentService.DelegatedAccess;
using TraceDemo.AgentService.Registry;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Agents;

public sealed class AgentClientsTests
{
    private static readonly AgentRegistry Registry = new(
    [
        new RegisteredAgent(AgentId.Parse("gpt4", null), "GPT-4", "x", AgentKind.Model, true),
        new RegisteredAgent(AgentId.Parse("claude", null), "Claude", "x", AgentKind.Model, true),
    ]);

    private static readonly AgentClientOptions Complete = new()
    {
        ["gpt4"] = new() { ClientId = "agent-gpt4", ClientSecret = "dev-only-agent-gpt4" },
        ["claude"] = new() { ClientId = "agent-claude", ClientSecret = "a secret of our own" },
    };

    [Fact]
    public void Each_agent_has_its_client() => Assert.True(Validate(Complete, "Development").Succeeded);

    [Fact]
    public void A_secret_of_the_public_realm_file_is_refused_outside_development()
    {
        var failure = Assert.Single(Validate(Complete, "Production").Failures!);
        Assert.StartsWith("Agents__gpt4__ClientSecret is one from the public realm file", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_missing_setting_is_named_at_once() => Assert.Equal(
        ["Agents__gpt4__ClientSecret", "Agents__claude__ClientId", "Agents__claude__ClientSecret"],
        Validate(new() { ["gpt4"] = new() { ClientId = "agent-gpt4" } }, "Development").Failures!.Select(failure => failure.Split(' ')[0]));

    [Fact]
    public void Two_agents_with_the_same_client_are_refused()
    {
        var shared = new AgentClientOptions { ["gpt4"] = Complete["claude"], ["claude"] = Complete["claude"] };
        Assert.Contains("share the client 'agent-claude'", Assert.Single(Validate(shared, "Development").Failures!),
            StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(AgentClientOptions options, string environment) =>
        new AgentClientValidation(Registry, new TestEnvironment { EnvironmentName = environment }).Validate(null, options);

    private sealed class TestEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
