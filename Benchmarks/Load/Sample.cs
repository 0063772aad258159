using System.Diagnostics;

namespace TraceDemo.Benchmarks.Load;

/// <summary>The result of one load: the latency of every request, in stopwatch ticks, and the total
/// duration. A failed request aborts the run, so the sample contains none.</summary>
internal sealed class Sample
{
    private readonly long[] _sorted;

    public Sample(IEnumerable<long> latencies, TimeSpan elapsed)
    {
        _sorted = [.. latencies.Order()];
        Elapsed = elapsed;
    }

    public TimeSpan Elapsed { get; }

    /// <summary>Processor time of the processes behind the target, on all cores; zero if not measured.</summary>
    public TimeSpan ProcessorTime { get; init; }

    public double ProcessorMilliseconds => ProcessorTime.TotalMilliseconds / Count;

    public int Count => _sorted.Length;

    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>Merges several samples into one.</summary>
    public static Sample Merge(IReadOnlyCollection<Sample> samples) =>
        new(samples.SelectMany(sample => sample._sorted), TimeSpan.FromTicks(samples.Sum(sample => sample.Elapsed.Ticks)));

    /// <summary>The latency that this share of the requests did not exceed (nearest rank), in milliseconds.</summary>
    public double Percentile(double share)
    {
        var rank = (int)Math.Ceiling(share * Count);
        return Stopwatch.GetElapsedTime(0, _sorted[Math.Clamp(rank - 1, 0, Count - 1)]).TotalMilliseconds;
    }
}
