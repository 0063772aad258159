using System.Collections.Concurrent;
using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>
/// Hears every span that ends in this process while it lives. Tests run side by side, so look at one trace at a time:
/// by the trace id of <see cref="Begin"/> or of the response header.
/// </summary>
internal sealed class SpanCollector : IDisposable
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", TelemetryNames.Scope];
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanCollector()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>A client span of the test's own, which becomes the root of what is called below it.</summary>
    public static Activity Begin(string name = "test")
    {
        var span = new Activity(name) { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        span.SetIdFormat(ActivityIdFormat.W3C);
        return span.Start();
    }

    /// <summary>The recorded spans of one trace that have ended so far, oldest first.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) =>
        [.. _ended.Where(span => span.TraceId == trace && span.Recorded).OrderBy(span => span.StartTimeUtc)];

    /// <summary>The spans of a trace, as soon as as many have ended as are expected; fails when they do not within ten seconds.</summary>
    public async Task<IReadOnlyList<Activity>> Of(ActivityTraceId trace, int count, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            if (Of(trace) is var spans && spans.Count >= count)
            {
                return spans;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
        throw new TimeoutException($"Expected {count} spans, got: {string.Join(", ", Of(trace).Select(span => span.DisplayName))}");
    }
}
