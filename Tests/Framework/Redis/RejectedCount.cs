using System.Diagnostics.Metrics;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>Counts rejected content of one area. The whole process shares the meter,
/// so a test needs an area of its own, or must run alone.</summary>
internal sealed class RejectedCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public RejectedCount(string area)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == TelemetryNames.Metrics.RedisRejected)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, labels, _) =>
        {
            foreach (var label in labels)
            {
                if (label.Key == TelemetryNames.Metrics.AreaLabel && (string?)label.Value == area)
                {
                    Interlocked.Add(ref _count, value);
                }
            }
        });
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
