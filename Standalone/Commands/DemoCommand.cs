using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Display;
using TraceDemo.Standalone.Feed;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Redis;
using TraceDemo.Standalone.Topology;

namespace TraceDemo.Standalone.Commands;

/// <summary>Plays the four scenarios on the system that runs, or on one it starts for them on free ports.</summary>
internal sealed class DemoCommand(string root, RunOptions options, TextWriter output)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (new InstanceFolder(root, options.Ports).ReadRunning() is { } running)
        {
            var outcome = await PlayAsync(running, stop);
            await output.WriteLineAsync($"Sign in as alice at {running.Dashboard} to see the traces: {running.Dashboard}/traces");
            return outcome;
        }

        var ports = options.PortBase is null ? Ports.Free() : options.Ports;
        var folder = new InstanceFolder(root, ports);
        await using var held = folder.TryLock();
        if (held is null)
            return await RefuseAsync([Preconditions.AlreadyRunning(null, ports)]);
        if (Preconditions.BusyPorts(ports) is { Count: > 0 } busy)
            return await RefuseAsync(busy);
        // On ports that nobody chose nobody comes back for what a demo leaves.
        var redis = options.PortBase is null ? RedisShare.Temporary(options.Redis, ports) : folder.Redis(options.Redis);
        var plan = new SystemPlan(root, ports, new Secrets()) { Keycloak = options.Keycloak, Redis = redis };
        await using var users = new RedisUsers(plan);
        if (await users.CreateAsync(stop) is { } refusal)
            return await RefuseAsync([refusal]);
        if (!await new Preparation(root, output, TimeProvider.System).BuildAsync(plan.Services, stop))
            return 1;
        var display = new PlainDisplay(TextWriter.Null);
        await using var system = SystemInstance.Start(plan, held, display);
        var took = await system.Supervisor.WaitHealthyAsync(stop);
        await output.WriteLineAsync($"all services healthy in {took.TotalSeconds:0.0} s after the first child started");
        var result = await PlayAsync(system.State, stop);
        await output.WriteLineAsync("This system ends now, and its traces with it. To look at them: dotnet run --project Standalone, then the demo again.");
        return result;
    }

    private async Task<int> PlayAsync(InstanceState system, CancellationToken stop) => await new DemoRun(system, output).PlayAsync(stop) ? 0 : 1;

    private async Task<int> RefuseAsync(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
            await output.WriteLineAsync(reason);
        return 1;
    }
}
