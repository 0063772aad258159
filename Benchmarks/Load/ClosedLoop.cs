using System.Diagnostics;

namespace TraceDemo.Benchmarks.Load;

/// <summary>A number of clients, each sending its next request after the previous response: measures
/// throughput. A single client measures the latency of an idle system.</summary>
internal static class ClosedLoop
{
    public static async Task<Sample> RunAsync(Target target, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var used = target.ProcessorTime();
        var began = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients)
            .Select(_ => Task.Run(() => ClientAsync(target, began, duration, cancellationToken), cancellationToken)));
        return new Sample(latencies.SelectMany(one => one), Stopwatch.GetElapsedTime(began))
        {
            ProcessorTime = target.ProcessorTime() - used,
        };
    }

    private static async Task<List<long>> ClientAsync(Target target, long began, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new List<long>();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var sent = Stopwatch.GetTimestamp();
            await target.SendAsync(cancellationToken);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
        }

        return latencies;
    }
}
