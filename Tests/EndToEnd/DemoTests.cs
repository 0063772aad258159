using TraceDemo.Standalone.Commands;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Topology;

namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class DemoTests(RunningSystem system)
{
    [Fact]
    public async Task The_four_scenarios_end_as_they_must_on_the_system_that_runs()
    {
        var output = new StringWriter();
        var options = new RunOptions { Verb = Verb.Demo, PortBase = system.Host.PortBase };

        var exitCode = await new DemoCommand(Repository.Root, options, output).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output.ToString());
        Assert.Contains("missing: engineering", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{system.Dashboard}traces/", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(system.Host.ClientSecret("agent-gpt4"), output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_fails_when_an_outcome_is_not_as_it_must_be()
    {
        var running = new InstanceFolder(Repository.Root, Ports.From(system.Host.PortBase)).ReadRunning()!;
        var client = new DemoClient(system.Http, running with { AgentSecret = "wrong" });

        await Assert.ThrowsAsync<HttpRequestException>(
            () => Scenario.All[3].Play(client, running, TestContext.Current.CancellationToken));
    }
}
