using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TraceDemo.Benchmarks.Load;

/// <summary>
/// Sends requests on schedule, whether or not earlier ones have completed, and measures latency from the scheduled time: a stall delays
/// every request scheduled during it, as for real users, and not only the one in progress (this avoids coordinated omission).
/// </summary>
internal static partial class FixedRate
{
    public static async Task<Sample> RunAsync(Target target, int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var interval = Stopwatch.Frequency / (double)perSecond;
        var count = (int)(perSecond * duration.TotalSeconds);
        var latencies = new ConcurrentQueue<long>();
        var began = Stopwatch.GetTimestamp();
        // A separate thread that sleeps precisely: timers of the thread pool have millisecond resolution and fire late under load.
        var requests = await Task.Factory.StartNew(Schedule, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(requests);
        return new Sample(latencies, Stopwatch.GetElapsedTime(began));

        Task[] Schedule()
        {
            var sent = new Task[count];
            for (var index = 0; index < count; index++)
            {
                var due = began + (long)(index * interval);
                SleepUntil(due);
                sent[index] = Task.Run(() => SendAsync(due), cancellationToken);
            }

            return sent;
        }

        async Task SendAsync(long due)
        {
            await target.SendAsync(cancellationToken);
            latencies.Enqueue(Stopwatch.GetTimestamp() - due);
        }
    }

    private static void SleepUntil(long due)
    {
        for (var left = due - Stopwatch.GetTimestamp(); left > 0; left = due - Stopwatch.GetTimestamp())
        {
            var time = Stopwatch.GetElapsedTime(0, left);
            if (OperatingSystem.IsWindows())
            {
                Thread.Sleep(time < TimeSpan.FromMilliseconds(2) ? TimeSpan.Zero : time - TimeSpan.FromMilliseconds(2));
            }
            else
            {
                _ = NanoSleep(new TimeSpec(time.Ticks / TimeSpan.TicksPerSecond,
                    time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick), 0);
            }
        }
    }

    /// <summary>Wakes within some 50 µs; <see cref="Thread.Sleep(int)"/> supports whole milliseconds only.</summary>
    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec time, nint left);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds)
    {
        public TimeSpec(long seconds, long nanoseconds)
            : this((nint)seconds, (nint)nanoseconds)
        {
        }
    }
}
