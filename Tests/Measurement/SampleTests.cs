using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Benchmarks.Load;

namespace TraceDemo.Tests.Measurement;

public sealed class SampleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_percentile_is_an_observed_latency_by_nearest_rank()
    {
        var sample = new Sample(Enumerable.Range(1, 100).Select(Milliseconds), Second);

        Assert.Equal([50, 99, 100, 1], [Round(sample, 0.5), Round(sample, 0.99), Round(sample, 1), Round(sample, 0)]);
    }

    [Fact]
    public void A_merged_sample_has_all_requests_and_all_the_time()
    {
        var merged = Sample.Merge([new Sample([Milliseconds(1)], Second), new Sample([Milliseconds(3), Milliseconds(2)], Second)]);

        Assert.Equal(3, merged.Count);
        Assert.Equal(1.5, merged.PerSecond);
        Assert.Equal(2, Round(merged, 0.5));
    }

    [Fact]
    public void Half_of_the_values_are_on_each_side_of_the_median() => Prop.ForAll<double[]>(values =>
    {
        var finite = values.Where(double.IsFinite).Where(value => Math.Abs(value) < 1e100).ToArray();
        if (finite.Length == 0)
        {
            return true;
        }

        var median = Median.Of(finite);
        return finite.Count(value => value < median) <= finite.Length / 2 && finite.Count(value => value > median) <= finite.Length / 2;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_list_has_no_median() => Assert.Throws<ArgumentException>(() => Median.Of([]));

    [Fact]
    public void A_ratio_is_computed_within_each_round_so_a_slow_round_does_not_change_it()
    {
        var comparison = new Comparison(
        [
            [new Sample([1, 2], Second), new Sample([1, 2], 10 * Second), new Sample([1, 2], Second)],
            [new Sample([1], Second), new Sample([1], 10 * Second), new Sample([1], Second)],
        ]);

        Assert.Equal(0.5, comparison.Ratio(1, 0, sample => sample.PerSecond));
    }

    private static double Round(Sample sample, double share) => Math.Round(sample.Percentile(share));

    private static long Milliseconds(int value) => value * Stopwatch.Frequency / 1000;
}
