using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>Resident memory of each service after a thousand delegated accesses, all traced
/// to the Dashboard, with the default and with other runtime settings.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int Requested = 1_000;
    private const int Clients = 16;
    private const double Mebi = 1024 * 1024;

    /// <summary>Longer than the delay of a telemetry batch.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private static readonly IReadOnlyList<Service> All = [Service.Identity, .. Service.Relying];

    private static readonly IReadOnlyList<BareProcess> Bare = [
        BareProcess.Proxy, BareProcess.UserService, BareProcess.AgentService, BareProcess.DocumentService];

    private static readonly (string Name, Dictionary<string, string> Settings)[] Variants =
    [
        ("as shipped", []),
        ("server GC", new() { ["DOTNET_gcServer"] = "1" }),
        ("concurrent GC", new() { ["DOTNET_gcConcurrent"] = "1" }),
        // Hexadecimal, as the runtime reads it: 4 MiB.
        ("youngest generation at most 4 MiB", new() { ["DOTNET_GCGen0MaxBudget"] = "400000" }),
        ("conserve memory 9", new() { ["DOTNET_GCConserveMemory"] = "9" }),
        ("no dynamic PGO", new() { ["DOTNET_TieredPGO"] = "0" }),
        ("code writable and executable", new() { ["DOTNET_EnableWriteXorExecute"] = "0" }),
    ];

    public string Name => "memory";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading($"resident memory in MiB after {Requested} delegated accesses; in parentheses the proportional set size");
        await BareAsync(report, cancellationToken);
        var rows = new List<string[]>();
        foreach (var (name, settings) in Variants)
        {
            await using var system = await RealSystem.StartAsync(All, settings, cancellationToken);
            using var target = Requests.Delegated(name, system.Address(Service.Gateway));
            target.Token = await system.SignInAsync("alice", cancellationToken);
            await target.WaitUntilAnsweredAsync(cancellationToken);
            await SendAllAsync(target, cancellationToken);
            rows.Add([name, .. All.Select(service => Cell(system.Memory(service)))]);
        }

        report.Table(["", .. All.Select(service => service.Name)], rows);
    }

    /// <summary>Memory of a process that does almost nothing: the baseline of the framework.</summary>
    private static async Task BareAsync(Report report, CancellationToken cancellationToken)
    {
        await using var system = await BareSystem.StartAsync(Bare, proxied: null, cancellationToken);
        using var target = Requests.Delegated("bare", system.Address(BareProcess.Proxy));
        await SendAllAsync(target, cancellationToken);
        report.Table(["", .. Bare.Select(process => $"{process}")],
            [["bare chain", .. Bare.Select(process => Cell(system.Memory(process)))]]);
    }

    private static string Cell(MemoryUse use) =>
        Report.Number(use.Resident / Mebi, "0")
            + (use.Proportional is { } proportional ? $" ({Report.Number(proportional / Mebi, "0")})" : "");

    private static async Task SendAllAsync(Target target, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(client => SendAsync(target, (Requested / Clients) + (client < Requested % Clients ? 1 : 0), cancellationToken)));
        await Task.Delay(Rest, cancellationToken);
    }

    private static async Task SendAsync(Target target, int times, CancellationToken cancellationToken)
    {
        for (var index = 0; index < times; index++)
        {
            await target.SendAsync(cancellationToken);
        }
    }
}
