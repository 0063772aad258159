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

    public async Task<int> RunAsync(CancellationToken cancellationToken)
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
            if (await users.CreateAsync(cancellationToken) is { } refusal)
            {
                return await RefuseAsync([refusal]);
            }

            if (!await new Preparation(root, _output, TimeProvider.System).BuildAsync(plan.Services, cancellationToken))
            {
                return 1;
            }

            await (console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
                ? ShowLiveAsync(plan, held, cancellationToken)
                : ShowPlainAsync(plan, held, cancellationToken));
            return 0;
        }
    }

    private async Task ShowLiveAsync(SystemPlan plan, FileStream held, CancellationToken cancellationToken)
    {
        var display = new LiveTable(console);
        await using var system = SystemInstance.Start(plan, held, display);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = display.ShowAsync(system.Supervisor.Children, $"{WhereToGo(system)}; Ctrl+C stops everything", linked.Token);
        try
        {
            await AnnounceAsync(system, line => console.MarkupLineInterpolated($"[bold]{line}[/]"), cancellationToken);
            await showing;
        }
        finally
        {
            await linked.CancelAsync();
            await showing;
            console.WriteLine("stopping …");
        }
    }

    private async Task ShowPlainAsync(SystemPlan plan, FileStream held, CancellationToken cancellationToken)
    {
        await using var system = SystemInstance.Start(plan, held, new PlainDisplay(_output));
        await AnnounceAsync(system, _output.WriteLine, cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _output.WriteLineAsync("stopping …");
    }

    private static async Task AnnounceAsync(SystemInstance system, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            var took = await system.Supervisor.WaitHealthyAsync(cancellationToken);
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
