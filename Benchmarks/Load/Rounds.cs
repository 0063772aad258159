namespace TraceDemo.Benchmarks.Load;

/// <summary>
/// Measures several targets alternately over several rounds in changing order, so that drift affects all of them equally. Ratios are
/// computed within each round, and the median is reported.
/// </summary>
internal sealed class Rounds(IReadOnlyList<Target> targets, Func<CancellationToken, Task> renewTokens)
{
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private const int Clients = 16;

    /// <summary>Enough calls for the tiered compiler to optimize every method involved,
    /// even on a machine so busy that few requests complete in a second.</summary>
    private const int Warm = 5_000;

    /// <summary>Compiles code, opens connections and fills caches of all targets before the measurement.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await renewTokens(cancellationToken);
        foreach (var target in targets)
        {
            await target.WaitUntilAnsweredAsync(cancellationToken);
            var (requests, time) = (0, TimeSpan.Zero);
            while (requests < Warm && time < LongestWarmUp)
            {
                var sample = await ClosedLoop.RunAsync(target, Clients, FirstWarmUp, cancellationToken);
                (requests, time) = (requests + sample.Count, time + sample.Elapsed);
            }
        }
    }

    /// <returns>For each target its samples, one per round.</returns>
    public async Task<Comparison> MeasureAsync(int rounds, Func<Target, Task<Sample>> measure, CancellationToken cancellationToken)
    {
        var samples = targets.Select(_ => new List<Sample>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            await renewTokens(cancellationToken);
            for (var turn = 0; turn < targets.Count; turn++)
            {
                var index = (round + turn) % targets.Count;
                await ClosedLoop.RunAsync(targets[index], clients: 4, WarmUp, cancellationToken);
                samples[index].Add(await measure(targets[index]));
            }
        }

        return new Comparison(samples);
    }
}
