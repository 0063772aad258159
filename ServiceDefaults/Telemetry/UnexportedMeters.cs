using System.Diagnostics.Metrics;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Gives the exporters' HTTP client meters names that nothing listens to.</summary>
internal sealed class UnexportedMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new($"exporter.{options.Name}");

    public void Dispose()
    {
        // The meters live as long as the exporters, that is, the process.
    }
}
