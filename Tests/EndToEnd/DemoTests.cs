using System.Net;
using TraceDemo.Standalone.Commands;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class DemoTests(RunningSystem system)
{
    [Fact]
    public async Task The_four_scenarios_have_their_expected_outcomes_on_the_running_system()
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
    public async Task The_demo_states_who_may_open_each_trace_and_the_Dashboard_agrees()
    {
        var output = new StringWriter();
        var options = new RunOptions { Verb = Verb.Demo, PortBase = system.Host.PortBase };
        await new DemoCommand(Repository.Root, options, output).RunAsync(TestContext.Current.CancellationToken);

        var lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        var links = lines.Where(line => line.StartsWith($"{system.Dashboard}traces/", StringComparison.Ordinal)).ToList();
        var openers = lines.Where(line => line.StartsWith("visible to: ", StringComparison.Ordinal)).ToList();
        Assert.Equal((4, 4), (links.Count, openers.Count));
        foreach (var person in (string[])["bob", "alice", "carol", "david"])
        {
            using var visitor = new Visitor(system.Dashboard);
            await visitor.SignInAsync(person);
            foreach (var (link, opener) in links.Zip(openers))
            {
                await OpensAsync(visitor, link, opener.Split(' ', ':').Contains(person));
            }
        }
    }

    [Fact]
    public async Task The_demo_names_its_system_and_how_to_sign_in_there()
    {
        var output = new StringWriter();
        var options = new RunOptions { Verb = Verb.Demo, PortBase = system.Host.PortBase };
        await new DemoCommand(Repository.Root, options, output).RunAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"on the system at http://localhost:{system.Host.PortBase} (pid {Environment.ProcessId})",
            output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Open http://localhost:{system.Host.PortBase} and sign in as alice (engineering, finance), bob ",
            output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_fails_on_an_unexpected_outcome()
    {
        var running = new InstanceFolder(Repository.Root, Ports.From(system.Host.PortBase)).ReadRunning()!;
        var client = new DemoClient(system.Http, running with { AgentSecret = "wrong" });

        await Assert.ThrowsAsync<HttpRequestException>(
            () => Scenario.All[3].Play(client, running, TestContext.Current.CancellationToken));
    }

    /// <summary>A span may reach the Dashboard a moment after the answer; every attempt is a real request.</summary>
    private static async Task OpensAsync(Visitor visitor, string link, bool opens)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var page = await visitor.GetAsync(link);
        while (opens && page.Status is HttpStatusCode.NotFound)
        {
            limit.Token.ThrowIfCancellationRequested();
            page = await visitor.GetAsync(link);
        }

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.Status);
    }
}
