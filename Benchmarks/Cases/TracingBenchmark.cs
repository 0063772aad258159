using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>Delegated access with and without telemetry, which is sent to a sink that
/// discards it. Two complete systems run side by side.</summary>
internal sealed class TracingBenchmark : IBenchmark
{
    private const int Clients = 16;
    private const int Off = 0;
    private const int On = 1;

    public string Name => "tracing";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("telemetry on and off, delegated access, warm");
        await using var sink = await BareSystem.StartAsync([BareProcess.Sink], proxied: null, cancellationToken);
        Dictionary<string, string> settings = new() { ["Dashboard__OtlpEndpoint"] = sink.Address(BareProcess.Sink).AbsoluteUri };
        await using var traced = await RealSystem.StartAsync(RealSystem.Chain, settings, cancellationToken);
        await using var silent = await RealSystem.StartAsync(
            RealSystem.Chain, new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" }, cancellationToken);
        using var off = Requests.Delegated("telemetry off", silent.Address(Service.Gateway), () => silent.ProcessorTime(RealSystem.Chain));
        using var on = Requests.Delegated("telemetry on", traced.Address(Service.Gateway), () => traced.ProcessorTime(RealSystem.Chain));
        Target[] targets = [off, on];
        var rounds = new Rounds(targets, async cancel =>
        {
            off.Token = await silent.SignInAsync("alice", cancel);
            on.Token = await traced.SignInAsync("alice", cancel);
        });
        await rounds.WarmUpAsync(cancellationToken);

        var oneAtATime = await rounds.MeasureAsync(
            effort.Rounds, target => ClosedLoop.RunAsync(target, 1, effort.Duration, cancellationToken), cancellationToken);
        var together = await rounds.MeasureAsync(
            effort.Rounds, target => ClosedLoop.RunAsync(target, Clients, effort.Duration, cancellationToken), cancellationToken);
        report.Table(
            ["", "p50 ms one at a time", "of off", "p99 ms", $"requests/s at {Clients}", "of off", "CPU ms/request", "of off"],
            targets.Select((target, index) => new[]
            {
                target.Name,
                Report.Number(oneAtATime.Percentile(index, 0.5), "0.000"),
                Report.Number(oneAtATime.Ratio(index, Off, sample => sample.Percentile(0.5))),
                Report.Number(oneAtATime.Percentile(index, 0.99)),
                Report.Number(together.PerSecond(index), "0"),
                Report.Number(together.Ratio(index, Off, sample => sample.PerSecond)),
                Report.Number(together.ProcessorMilliseconds(index)),
                Report.Number(together.Ratio(index, Off, sample => sample.ProcessorMilliseconds)),
            }));
        var spans = await traced.StopAsync();
        report.Line(
            $"spans exported: {spans.Exported} "
            + $"({Report.Number(spans.Exported / (double)(oneAtATime.Requests(On) + together.Requests(On)), "0")} per request, warming "
            + $"up included); dropped: {spans.Dropped}");
    }
}
