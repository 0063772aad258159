using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>A delegated access through all four services with all features enabled and
/// warm caches, compared with four bare processes that make the same hops.</summary>
internal sealed class DelegatedAccessBenchmark : IBenchmark
{
    private const int Clients = 16;
    private const int Bare = 0;
    private const int Whole = 1;

    public string Name => "delegated";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("delegated access, warm");
        await using var bare = await BareSystem.StartAsync(
            [BareProcess.Proxy, BareProcess.UserService, BareProcess.AgentService, BareProcess.DocumentService, BareProcess.Sink],
            proxied: null, cancellationToken);
        Dictionary<string, string> settings = new() { ["Dashboard__OtlpEndpoint"] = bare.Address(BareProcess.Sink).AbsoluteUri };
        await using var system = await RealSystem.StartAsync(RealSystem.Chain, settings, cancellationToken);
        using var baseline = Requests.Delegated("bare chain", bare.Address(BareProcess.Proxy), bare.ProcessorTime);
        using var whole = Requests.Delegated(
            "delegated access", system.Address(Service.Gateway), () => system.ProcessorTime(RealSystem.Chain));
        Target[] targets = [baseline, whole];
        var rounds = new Rounds(targets, async cancel => whole.Token = await system.SignInAsync("alice", cancel));
        await rounds.WarmUpAsync(cancellationToken);

        var exchanges = system.Exchanges;
        var oneAtATime = await rounds.MeasureAsync(
            effort.Rounds, target => ClosedLoop.RunAsync(target, 1, effort.Duration, cancellationToken), cancellationToken);
        var together = await rounds.MeasureAsync(
            effort.Rounds, target => ClosedLoop.RunAsync(target, Clients, effort.Duration, cancellationToken), cancellationToken);
        var requests = oneAtATime.Requests(Whole) + together.Requests(Whole);
        report.Table(
            ["", "p50 ms one at a time", "of bare", "p99 ms", $"requests/s at {Clients}", "of bare", "p50 ms", "p99 ms",
                "CPU ms/request", "of bare"],
            targets.Select((target, index) => new[]
            {
                target.Name,
                Report.Number(oneAtATime.Percentile(index, 0.5), "0.000"),
                Report.Number(oneAtATime.Ratio(index, Bare, sample => sample.Percentile(0.5))),
                Report.Number(oneAtATime.Percentile(index, 0.99)),
                Report.Number(together.PerSecond(index), "0"),
                Report.Number(together.Ratio(index, Bare, sample => sample.PerSecond)),
                Report.Number(together.Percentile(index, 0.5)),
                Report.Number(together.Percentile(index, 0.99)),
                Report.Number(together.ProcessorMilliseconds(index)),
                Report.Number(together.Ratio(index, Bare, sample => sample.ProcessorMilliseconds)),
            }));
        // Expected: three for each new token at the start of a round. Warm-up requests between rounds are not counted.
        report.Line(
            $"exchanges that reached the provider: {system.Exchanges - exchanges} in {requests} requests "
            + $"({Report.Number((system.Exchanges - exchanges) / (double)requests, "0.0000")} per request)");
        var spans = await system.StopAsync();
        report.Line($"spans exported: {spans.Exported}; dropped: {spans.Dropped}");
    }
}
