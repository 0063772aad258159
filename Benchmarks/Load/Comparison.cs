namespace TraceDemo.Benchmarks.Load;

/// <summary>Samples of several targets from the same rounds.</summary>
internal sealed class Comparison(IReadOnlyList<IReadOnlyList<Sample>> samples)
{
    public double PerSecond(int target) => Median.Of(samples[target].Select(sample => sample.PerSecond));

    /// <summary>Processor time of the processes behind the target, in milliseconds per request.</summary>
    public double ProcessorMilliseconds(int target) => Median.Of(samples[target].Select(sample => sample.ProcessorMilliseconds));

    /// <summary>In milliseconds, over all rounds.</summary>
    public double Percentile(int target, double share) => Sample.Merge(samples[target]).Percentile(share);

    public int Requests(int target) => samples[target].Sum(sample => sample.Count);

    /// <summary>One target's value in proportion to another's in the same round; the median of the rounds.</summary>
    public double Ratio(int target, int baseline, Func<Sample, double> value) =>
        Median.Of(samples[target].Zip(samples[baseline], (one, other) => value(one) / value(other)));
}
