using TraceDemo.Benchmarks;
using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Cases;
using TraceDemo.Benchmarks.Reporting;

if (args is [BareHost.Verb, var name])
{
    await BareHost.RunAsync(Enum.Parse<BareProcess>(name));
    return 0;
}

IBenchmark[] benchmarks =
[
    new GatewayBenchmark(), new DelegatedAccessBenchmark(), new TracingBenchmark(), new ValidationBenchmark(),
    new ExchangeBenchmark(), new RedisBenchmark(), new PolicyBenchmark(), new MemoryBenchmark(), new StartBenchmark(),
    new IngestBenchmark(), new PagesBenchmark(),
];
var line = CommandLine.Parse(args, [.. benchmarks.Select(benchmark => benchmark.Name)]);
if (line.Error is not null)
{
    await Console.Error.WriteLineAsync(line.Error);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var report = new Report();
foreach (var benchmark in benchmarks.Where(benchmark => line.Names.Contains(benchmark.Name)))
{
    report.Machine();
    await benchmark.RunAsync(report, line.Effort, stop.Token);
}

return 0;
