using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Collects while the application runs, and flushes when it stops.</summary>
internal sealed partial class TelemetryHost(
    TelemetryPipeline pipeline, IEnumerable<TelemetrySource> sources, SpanLosses losses, ILogger<TelemetryHost> logger)
        : IHostedService, IDisposable
{
    private const int FlushTimeoutMilliseconds = 3_000;
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (pipeline.Enabled)
        {
            _traces = pipeline.Traces(sources);
            _metrics = pipeline.Metrics(sources);
        }
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // ForceFlush blocks; both have their own time limit.
        await Task.WhenAll(
            Task.Run(() => _traces?.ForceFlush(FlushTimeoutMilliseconds), CancellationToken.None),
            Task.Run(() => _metrics?.ForceFlush(FlushTimeoutMilliseconds), CancellationToken.None));
        LogStopped(losses.Exported, losses.Dropped);
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    [LoggerMessage(EventName = "telemetry.stopped", Level = LogLevel.Information,
        Message = "Spans handed to exporters: {Exported}; dropped: {Dropped}")]
    private partial void LogStopped(long exported, long dropped);
}
