using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Display;
using TraceDemo.Standalone.Feed;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Redis;

namespace TraceDemo.Standalone.Commands;

/// <summary>Runs the four scenarios on the running system, or on one it starts for them on free ports.</summary>
internal sealed class DemoCommand(string root, RunOptions options, TextWriter output)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // A given Keycloak or Redis requires a system that uses it.
        if (options is { Keycloak: null, Redis: null } && RunningSystems.Find(root, options.PortBase) is ({ } running, var others))
        {
            await output.WriteLineAsync($"on the system at {running.Dashboard} (pid {running.Pid}){Others(others)}");
            var outcome = await PlayAsync(running, cancellationToken);
            await output.WriteLineAsync(
                $"Open {running.Dashboard} and {DemoPeople.OfRepository.HowToSignIn}. To see an agent at work, let summarizer summarize "
                + "DOC-002.");
            return outcome;
        }

        var ports = options.PortBase is null ? FreePorts.Next() : options.Ports;
        var folder = new InstanceFolder(root, ports);
        await using var held = folder.TryLock();
        if (held is null)
        {
            return await RefuseAsync([Preconditions.AlreadyRunning(null, ports)]);
        }

        if (Preconditions.BusyPorts(ports) is { Count: > 0 } busy)
        {
            return await RefuseAsync(busy);
        }
        // On temporary ports nobody will use the data of a demo again.
        var redis = options.PortBase is null ? RedisShare.Temporary(options.Redis, ports) : folder.Redis(options.Redis);
        var audit = options.PortBase is null ? null : folder.AuditFolder;
        var plan = new SystemPlan(root, ports, new Secrets()) { Keycloak = options.Keycloak, Redis = redis, Audit = audit };
        await using var users = new RedisUsers(plan);
        if (await users.CreateAsync(cancellationToken) is { } refusal)
        {
            return await RefuseAsync([refusal]);
        }

        if (!await new Preparation(root, output, TimeProvider.System).BuildAsync(plan.Services, cancellationToken))
        {
            return 1;
        }

        var display = new PlainDisplay(TextWriter.Null);
        await using var system = SystemInstance.Start(plan, held, display);
        var took = await system.Supervisor.WaitHealthyAsync(cancellationToken);
        await output.WriteLineAsync($"all services healthy in {took.TotalSeconds:0.0} s after the first child started");
        var result = await PlayAsync(system.State, cancellationToken);
        await output.WriteLineAsync(
            "This system stops now and its traces are lost. To view traces, run: dotnet run --project Standalone, then the demo again.");
        return result;
    }

    private static string Others(IReadOnlyList<InstanceState> others) =>
        others.Count == 0 ? "" : $"; --port-base chooses another: {string.Join(", ", others.Select(system => system.Dashboard))}";

    private async Task<int> PlayAsync(InstanceState system, CancellationToken cancellationToken) =>
        await new DemoRun(system, output).PlayAsync(cancellationToken) ? 0 : 1;

    private async Task<int> RefuseAsync(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
        {
            await output.WriteLineAsync(reason);
        }

        return 1;
    }
}
