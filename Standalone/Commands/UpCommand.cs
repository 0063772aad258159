using Spectre.Console;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Display;
using TraceDemo.Standalone.Feed;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Redis;

namespace TraceDemo.Standalone.Commands;

/// <summary>Builds, starts and supervises the system until it is stopped.</summary>
internal sealed class UpCommand(string root, RunOptions options, IAnsiConsole console)
{
    private readonly TextWriter _output = console.Profile.Out.Writer;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var folder = new InstanceFolder(root, options.Ports);
        var held = folder.TryLock();
        if (held is null)
        {
            return await RefuseAsync([Preconditions.AlreadyRunning(folder.ReadRunning(), options.Ports)]);
        }

        await using (held)
        {
            if (Preconditions.BusyPorts(options.Ports) is { Count: > 0 } busy)
            {
                return await RefuseAsync(busy);
            }

            var plan = new SystemPlan(root, options.Ports, new Secrets())
            {
                Keycloak = options.Keycloak,
                Redis = folder.Redis(options.Redis),
                Audit = folder.AuditFolder,
            };
            await using var users = new RedisUsers(plan);
            if (await users.CreateAsync(stop) is { } refusal)
            {
                return await RefuseAsync([refusal]);
            }

            if (!await new Preparation(root, _output, TimeProvider.System).BuildAsync(plan.Services, stop))
            {
                return 1;
            }

            await (console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
                ? ShowLiveAsync(plan, held, stop)
                : ShowPlainAsync(plan, held, stop));
            return 0;
        }
    }

    private async Task ShowLiveAsync(SystemPlan plan, FileStream held, CancellationToken stop)
    {
        var display = new LiveTable(console);
        await using var system = SystemInstance.Start(plan, held, display);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var showing = display.ShowAsync(system.Supervisor.Children, $"{WhereToGo(system)}; Ctrl+C stops everything", ended.Token);
        try
        {
            await AnnounceAsync(system, line => console.MarkupLineInterpolated($"[bold]{line}[/]"), stop);
            await showing;
        }
        finally
        {
            await ended.CancelAsync();
            await showing;
            console.WriteLine("stopping …");
        }
    }

    private async Task ShowPlainAsync(SystemPlan plan, FileStream held, CancellationToken stop)
    {
        await using var system = SystemInstance.Start(plan, held, new PlainDisplay(_output));
        await AnnounceAsync(system, _output.WriteLine, stop);
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _output.WriteLineAsync("stopping …");
    }

    private static async Task AnnounceAsync(SystemInstance system, Action<string> say, CancellationToken stop)
    {
        try
        {
            var took = await system.Supervisor.WaitHealthyAsync(stop);
            say($"all services healthy in {took.TotalSeconds:0.0} s after the first child started; {WhereToGo(system)}");
        }
        catch (OperationCanceledException)
        {
            // Stopped before everything was up: nothing to report.
        }
    }

    private static string WhereToGo(SystemInstance system) => $"open {system.State.Dashboard} and {DemoPeople.OfRepository.HowToSignIn}";

    private async Task<int> RefuseAsync(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
        {
            await _output.WriteLineAsync(reason);
        }

        return 1;
    }
}
