using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>
/// The cost of the gateway's own work: GET /api/users/me through the gateway (validation, exchange, limits, tracing on, warm caches),
/// through the same YARP alone, and directly to the service. Measured once with the real user-service behind all three, and once with a
/// service that does nothing, which leaves little but the gateway to measure.
/// </summary>
internal sealed class GatewayBenchmark : IBenchmark
{
    private const int Clients = 16;
    private const int Direct = 0;
    private const int BareYarp = 1;
    private static readonly int[] Rates = [200, 500];

    public string Name => "gateway";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        await using var sink = await BareSystem.StartAsync([BareProcess.Sink, BareProcess.UserService], proxied: null, cancellationToken);
        var sinkAddress = sink.Address(BareProcess.Sink);
        Dictionary<string, string> settings = new() { ["Dashboard__OtlpEndpoint"] = sinkAddress.AbsoluteUri };
        await using (var system = await RealSystem.StartAsync(RealSystem.Chain, settings, cancellationToken))
        {
            report.Heading("gateway with the real user-service");
            await CompareAsync(new(system, system.Address(Service.UserService), sinkAddress), report, effort, cancellationToken);
        }

        settings["services__user-service__http__0"] = sink.Address(BareProcess.UserService).GetLeftPart(UriPartial.Authority);
        await using (var system = await RealSystem.StartAsync([Service.Identity, Service.Gateway], settings, cancellationToken))
        await using (var silent = await RealSystem.StartAsync([Service.Identity, Service.Gateway],
            new Dictionary<string, string>(settings) { ["OTEL_SDK_DISABLED"] = "true" }, cancellationToken))
        {
            report.Heading("gateway with a service that does nothing");
            await CompareAsync(new(system, sink.Address(BareProcess.UserService), sinkAddress) { Silent = silent }, report,
                effort, cancellationToken);
        }
    }

    /// <summary>The targets in front of one service. A gateway with telemetry off separates
    /// the cost of telemetry from that of security.</summary>
    private sealed record Fronts(RealSystem System, Uri Service, Uri Sink)
    {
        public RealSystem? Silent { get; init; }
    }

    private static async Task CompareAsync(Fronts fronts, Report report, Effort effort, CancellationToken cancellationToken)
    {
        var (system, service) = (fronts.System, fronts.Service);
        await using var yarp = await BareSystem.StartAsync([BareProcess.Proxy], service, cancellationToken);
        await using var tracedYarp = await BareSystem.StartAsync([BareProcess.TracedProxy], service, cancellationToken, fronts.Sink);
        using var direct = new Target("direct", HttpMethod.Get, new Uri(service, "/users/me"));
        using var bare = new Target("bare YARP", HttpMethod.Get, yarp.Address(BareProcess.Proxy, "/api/users/me"))
        {
            ProcessorTime = yarp.ProcessorTime,
        };
        using var gateway = new Target("gateway", HttpMethod.Get, system.Address(Service.Gateway, "/api/users/me"))
        {
            ProcessorTime = () => system.ProcessorTime(Service.Gateway),
        };
        using var traced = new Target("bare YARP, telemetry on", HttpMethod.Get,
            tracedYarp.Address(BareProcess.TracedProxy, "/api/users/me"))
        { ProcessorTime = tracedYarp.ProcessorTime };
        using var silent = fronts.Silent is { } other
            ? new Target("gateway, telemetry off", HttpMethod.Get, other.Address(Service.Gateway, "/api/users/me"))
            {
                ProcessorTime = () => other.ProcessorTime(Service.Gateway),
            }
            : null;
        Target[] targets = silent is null ? [direct, bare, gateway] : [direct, bare, gateway, silent, traced];
        var rounds = new Rounds(targets, async cancel =>
        {
            gateway.Token = await system.SignInAsync("alice", cancel);
            if (silent is not null)
            {
                silent.Token = await fronts.Silent!.SignInAsync("alice", cancel);
            }

            direct.Token = bare.Token = traced.Token = await system.ExchangeAsync("gateway", gateway.Token, "user-service", cancel);
        });
        await rounds.WarmUpAsync(cancellationToken);

        var throughput = await rounds.MeasureAsync(
            effort.Rounds, target => ClosedLoop.RunAsync(target, Clients, effort.Duration, cancellationToken), cancellationToken);
        report.Table(
            [$"{Clients} clients", "requests/s", "of bare YARP", "of direct", "p50 ms", "p99 ms", "proxy's CPU ms/request"],
            targets.Select((target, index) => new[]
            {
                target.Name,
                Report.Number(throughput.PerSecond(index), "0"),
                Report.Number(throughput.Ratio(index, BareYarp, sample => sample.PerSecond)),
                Report.Number(throughput.Ratio(index, Direct, sample => sample.PerSecond)),
                Report.Number(throughput.Percentile(index, 0.5)),
                Report.Number(throughput.Percentile(index, 0.99)),
                Report.Number(throughput.ProcessorMilliseconds(index), "0.000"),
            }));
        foreach (var rate in Rates)
        {
            var latency = await rounds.MeasureAsync(
                effort.Rounds, target => FixedRate.RunAsync(target, rate, effort.Duration, cancellationToken), cancellationToken);
            report.Table(
                [$"{rate} a second", "p50 ms", "of bare YARP", "p99 ms", "of bare YARP"],
                targets.Select((target, index) => new[]
                {
                    target.Name,
                    Report.Number(latency.Percentile(index, 0.5)),
                    Report.Number(latency.Ratio(index, BareYarp, sample => sample.Percentile(0.5))),
                    Report.Number(latency.Percentile(index, 0.99)),
                    Report.Number(latency.Ratio(index, BareYarp, sample => sample.Percentile(0.99))),
                }));
        }
    }
}
