using System.Diagnostics.Metrics;

namespace TraceDemo.Tests.Telemetry;

/// <summary>What one counter has counted meanwhile. The meter is the whole process', so other tests count here too: hence "at least".</summary>
internal sealed class Counted : IDisposable
{
    private static readonly AsyncLocal<Counted?> OfThisTest = new();

    private readonly MeterListener _listener = new();
    private long _value;

    public Counted(string counter)
        : this(counter, _ => true)
    {
    }

    private Counted(string counter, Predicate<Counted> isMeant)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == counter) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            if (isMeant(this)) { Interlocked.Add(ref _value, value); }
        });
        _listener.Start();
    }

    /// <summary>Only what the caller, and what it starts from now on, records: tests that run at the same time count at the same meter.</summary>
    public static Counted Here(string counter) => OfThisTest.Value = new Counted(counter, counted => OfThisTest.Value == counted);

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}
