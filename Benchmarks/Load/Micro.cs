using System.Diagnostics;

namespace TraceDemo.Benchmarks.Load;

/// <summary>The cost of one operation in this process: the median over batches, and the allocated bytes.</summary>
internal sealed record Micro(double Microseconds, double Bytes)
{
    private const int Batches = 15;

    /// <param name="operation">Called repeatedly and sequentially.</param>
    /// <param name="perBatch">The number of calls per batch, enough for some milliseconds.</param>
    public static async Task<Micro> MeasureAsync(Func<ValueTask> operation, int perBatch)
    {
        // Long enough for the tiered compiler to finish.
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1);)
        {
            await operation();
        }

        var batches = new Micro[Batches];
        for (var batch = 0; batch < Batches; batch++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var began = Stopwatch.GetTimestamp();
            for (var index = 0; index < perBatch; index++)
            {
                await operation();
            }

            var elapsed = Stopwatch.GetElapsedTime(began);
            batches[batch] = new Micro(elapsed.TotalMicroseconds / perBatch,
                (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)perBatch);
        }

        return new Micro(Median.Of(batches.Select(batch => batch.Microseconds)), Median.Of(batches.Select(batch => batch.Bytes)));
    }
}
