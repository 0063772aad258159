using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TraceDemo.Tests.Telemetry;

/// <summary>What this thread counts with one counter, by the values of its tags: what other tests count on theirs is none of it. For code that does not await.</summary>
internal sealed class CountedHere : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _tags = [];

    public CountedHere(string counter)
    {
        var thread = Environment.CurrentManagedThreadId;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == counter) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId != thread) { return; }

            _tags.Enqueue(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        _listener.Start();
    }

    /// <summary>The values of the tags of each measurement.</summary>
    public IReadOnlyCollection<string> Tags => _tags;

    public void Dispose() => _listener.Dispose();
}
