using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Standalone.Topology;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>
/// What the gateway's own work costs: GET /api/users/me through the gateway (validation, exchange, limits, tracing on, caches warm), through
/// the same YARP alone, and straight at the service. Once with the real user-service behind all three, once with a service that does
/// nothing, so that hardly anything but the gateway is left to measure.
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
        Dictionary<string, string> settings = new() { ["Dashboard__OtlpEndpoint"] = sink.Address(BareProcess.Sink).AbsoluteUri };
        await using (var system = await RealSystem.StartAsync(RealSystem.Chain, settings, cancellationToken))
        {
            report.Heading("gateway, with the real user-service behind it");
            await CompareAsync(system, system.Address(Service.UserService), report, effort, cancellationToken);
        }

        settings["services__user-service__http__0"] = sink.Address(BareProcess.UserService).GetLeftPart(UriPartial.Authority);
        await using (var system = await RealSystem.StartAsync([Service.Identity, Service.Gateway], settings, cancellationToken))
        {
            report.Heading("gateway, with a service behind it that does nothing");
            await CompareAsync(system, sink.Address(BareProcess.UserService), report, effort, cancellationToken);
        }
    }

    private static async Task CompareAsync(RealSystem system, Uri service, Report report, Effort effort, CancellationToken cancellationToken)
    {
        await using var yarp = await BareSystem.StartAsync([BareProcess.Proxy], service, cancellationToken);
        using var direct = new Target("direct", HttpMethod.Get, new Uri(service, "/users/me"));
        using var bare = new Target("bare YARP", HttpMethod.Get, yarp.Address(BareProcess.Proxy, "/api/users/me")) { ProcessorTime = yarp.ProcessorTime };
        using var gateway = new Target("gateway", HttpMethod.Get, system.Address(Service.Gateway, "/api/users/me")) { ProcessorTime = () => system.ProcessorTime(Service.Gateway) };
        Target[] targets = [direct, bare, gateway];
        var rounds = new Rounds(targets, async cancel =>
        {
            gateway.Token = await system.SignInAsync("alice", cancel);
            direct.Token = bare.Token = await system.ExchangeAsync("gateway", gateway.Token, "user-service", cancel);
        });
        await rounds.WarmUpAsync(cancellationToken);

        var throughput = await rounds.MeasureAsync(effort.Rounds, target => ClosedLoop.RunAsync(target, Clients, effort.Duration, cancellationToken), cancellationToken);
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
            var latency = await rounds.MeasureAsync(effort.Rounds, target => FixedRate.RunAsync(target, rate, effort.Duration, cancellationToken), cancellationToken);
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
