using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>The time from the start of the first process until all six report healthy; everything is already built.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    public string Name => "start";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("startup, already built");
        var seconds = new List<double>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            await using var system = await RealSystem.StartAsync(
                [Service.Identity, .. Service.Relying], new Dictionary<string, string>(), cancellationToken);
            seconds.Add(system.StartedIn.TotalSeconds);
        }

        report.Table(["", "median s", "fastest", "slowest"],
            [["all six services healthy", Report.Number(Median.Of(seconds)), Report.Number(seconds.Min()), Report.Number(seconds.Max())]]);
    }
}
