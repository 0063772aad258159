using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>The increase of one counter. The whole process shares the meter,
/// so other tests count here too: hence "at least".</summary>
internal sealed class Counted : IDisposable
{
    private static readonly AsyncLocal<Counted?> OfThisTest = new();

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _tags = [];
    private long _value;

    public Counted(string counter)
        : this(counter, _ => true)
    {
    }

    private Counted(string counter, Predicate<Counted> matches)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == counter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (!matches(this))
            {
                return;
            }

            Interlocked.Add(ref _value, value);
            _tags.Enqueue(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        _listener.Start();
    }

    /// <summary>Only what the caller, and what it starts from now on, records: tests
    /// that run at the same time count at the same meter.</summary>
    public static Counted Here(string counter) => OfThisTest.Value = new Counted(counter, counted => OfThisTest.Value == counted);

    public long Value => Interlocked.Read(ref _value);

    /// <summary>The values of the tags of each measurement.</summary>
    public IReadOnlyCollection<string> Tags => _tags;

    public void Dispose() => _listener.Dispose();
}
