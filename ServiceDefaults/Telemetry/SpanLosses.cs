using System.Diagnostics.Metrics;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// Counts spans passed to an exporter, and those dropped because its queue was full, from the SDK's own metric
/// (<c>otel.sdk.processor.span.processed</c>, which is exported too). A span for two endpoints counts twice.
/// </summary>
public sealed class SpanLosses : IDisposable
{
    internal const string SdkMeter = "otel.sdk.experimental";
    private const string Processed = "otel.sdk.processor.span.processed";

    private readonly MeterListener _listener = new();
    private long _exported;
    private long _dropped;

    /// <summary>Starts counting.</summary>
    public SpanLosses()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SdkMeter && instrument.Name == Processed)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>Spans passed to an exporter since startup.</summary>
    public long Exported => Interlocked.Read(ref _exported);

    /// <summary>Spans dropped before export since startup.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long spans, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var tag in tags)
        {
            if (tag.Key != TelemetryNames.Server.ErrorType)
            {
                continue;
            }

            Interlocked.Add(ref _dropped, spans);
            return;
        }
        Interlocked.Add(ref _exported, spans);
    }
}
