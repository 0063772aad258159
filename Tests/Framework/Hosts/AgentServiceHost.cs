using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TraceDemo.AgentService.DelegatedAccess;
using TraceDemo.AgentService.Registry;
using TraceDemo.SampleAgents;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Identity;
using TraceDemo.Tests.Framework.Peers;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>agent-service as its Program sets it up, with a provider and a document-service of the test's own, all on real HTTP.</summary>
internal sealed class AgentServiceHost : IAsyncDisposable
{
    public const string Granted =
        """{"granted":true,"reason":"delegation_match","document":"""
            + """{"id":"DOC-005","title":"Budget","sensitivity":"high","""
            + """ "content":"# Budget\n\nThe budget has grown by four percent. password=hunter2"},"decision":"""
            + """{"decision":"allow"},"traceId":"x"}""";

    private static readonly IReadOnlyList<AgentIdentity> Agents = AgentRoster.Load(Repository.Root).Agents;

    private AgentServiceHost(TestProvider provider, RecordingPeer documents, TestService service)
    {
        Provider = provider;
        Documents = documents;
        Service = service;
    }

    public TestProvider Provider { get; }

    public RecordingPeer Documents { get; }

    public TestService Service { get; }

    public static async Task<AgentServiceHost> StartAsync(ILoggerProvider? logs = null, Action<WebApplicationBuilder>? before = null)
    {
        var provider = await TestProvider.StartAsync();
        var documents = await RecordingPeer.AnsweringAsync(200, Granted);
        var service = await TestService.StartAsync(
            provider,
            "agent-service",
            app =>
            {
                app.MapAgentRegistry();
                app.MapDelegatedAccess();
            },
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(Settings(documents));
                if (logs is not null)
                {
                    builder.Logging.AddProvider(logs);
                }
                builder.AddAgentRegistry();
                builder.AddSampleAgents();
                builder.AddDelegatedAccess();
            },
            before: before);
        return new AgentServiceHost(provider, documents, service);
    }

    /// <summary>The token that user-service sends for alice and this agent.</summary>
    public static TestToken Delegation(string agent = "gpt4") => TestToken.Person with
    {
        Client = "user-service",
        Audience = new[] { "agent-service", $"agent-{agent}" },
        Scope = "profile agents:invoke",
    };

    /// <summary>The token that the gateway sends for a member of the group admin.</summary>
    public static TestToken Administrator { get; } = TestToken.Person with
    {
        Client = "gateway",
        Audience = "agent-service",
        Scope = "profile agents:read agents:write",
        Groups = ["/admin"],
    };

    public Task<Answer> AccessAsync(string agent, object body, TestToken? token = null, params string[] transactionTokens) =>
        SendAsync(HttpMethod.Post, $"/agents/{agent}/access", token ?? Delegation(agent), body,
            [.. transactionTokens.Select(value => ("Txn-Token", value))]);

    public Task<Answer> SendAsync(
        HttpMethod method, string path, TestToken? token, object? body = null, params (string Name, string Value)[] headers) =>
        Service.SendAsync(method, path, Provider.Sign(token), body, headers);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Documents.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(RecordingPeer documents)
    {
        var settings = Agents.ToDictionary(agent => $"Agents:{agent.Id}:ClientId", string? (agent) => agent.ClientId);
        foreach (var agent in Agents)
        {
            settings[$"Agents:{agent.Id}:ClientSecret"] = $"dev-only-{agent.ClientId}";
        }
        settings["services:document-service:http:0"] = documents.Address.ToString();
        return settings;
    }
}
