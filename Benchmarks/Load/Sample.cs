using System.Diagnostics;

namespace TraceDemo.Benchmarks.Load;

/// <summary>What a load saw: the latency of every request, in stopwatch ticks, and how long it
/// lasted. A failed request ends the run, so none is among them.</summary>
internal sealed class Sample
{
    private readonly long[] _sorted;

    public Sample(IEnumerable<long> latencies, TimeSpan elapsed)
    {
        _sorted = [.. latencies.Order()];
        Elapsed = elapsed;
    }

    public TimeSpan Elapsed { get; }

    /// <summary>What the processes behind the target used meanwhile, on all cores; zero when nobody asked.</summary>
    public TimeSpan ProcessorTime { get; init; }

    public double ProcessorMilliseconds => ProcessorTime.TotalMilliseconds / Count;

    public int Count => _sorted.Length;

    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>Several runs as one.</summary>
    public static Sample Merge(IReadOnlyCollection<Sample> samples) =>
        new(samples.SelectMany(sample => sample._sorted), TimeSpan.FromTicks(samples.Sum(sample => sample.Elapsed.Ticks)));

    /// <summary>The latency that this share of the requests did not exceed (nearest rank), in milliseconds.</summary>
    public double Percentile(double share)
    {
        var rank = (int)Math.Ceiling(share * Count);
        return Stopwatch.GetElapsedTime(0, _sorted[Math.Clamp(rank - 1, 0, Count - 1)]).TotalMilliseconds;
    }
}
