using TraceDemo.Standalone.Commands;

namespace TraceDemo.Tests.Standalone;

public sealed class AgentCommandTests : IDisposable
{
    private readonly WorkingCopy _copy = new(("fifth", """{ "clientId": "agent-fifth" }"""));

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task Without_credentials_the_command_prints_the_steps_and_no_secret()
    {
        var (code, output) = await RunAsync("fifth", ("AGENT_FIFTH_SECRET", "not-to-be-printed"));

        Assert.Equal(0, code);
        Assert.Contains("kcadm.sh create clients -r tracedemo -f -", output, StringComparison.Ordinal);
        Assert.Contains("\"clientId\": \"agent-fifth\"", output, StringComparison.Ordinal);
        Assert.Contains("\"included.client.audience\": \"agent-fifth\"", output, StringComparison.Ordinal);
        Assert.Contains("Agents__fifth__ClientSecret", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-printed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("dev-only", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sixth", "There is no agents/sixth.json")]
    [InlineData("broken", "agents/broken.json is not JSON")]
    public async Task An_agent_without_a_valid_file_is_refused(string id, string sentence)
    {
        if (id == "broken")
        {
            _copy.SetAgent(id, "{");
        }
        var (code, output) = await RunAsync(id);
        Assert.Equal(1, code);
        Assert.StartsWith(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_system_is_reported()
    {
        var (code, output) = await RunAsync(
            "fifth", ("KEYCLOAK_ADMIN_USERNAME", "admin"), ("KEYCLOAK_ADMIN_PASSWORD", "not-to-be-printed"));
        Assert.Equal(1, code);
        Assert.StartsWith("Keycloak at http://127.0.0.1:1/ did not make the change", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-printed", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> RunAsync(string agent, params (string Name, string Value)[] environment)
    {
        var output = new StringWriter();
        var variables = environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        var options = new RunOptions { Agent = agent, Server = new Uri("http://127.0.0.1:1/") };
        var code = await new AgentCommand(_copy.Root, options, variables.GetValueOrDefault, output)
            .RunAsync(TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
