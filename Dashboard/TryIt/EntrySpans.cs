using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>
/// Names the person on the client spans of their own requests: above the gateway a person sees only spans with their pseudonym, and the
/// framework's client spans do not contain it.
/// </summary>
internal sealed class EntrySpans : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "System.Net.Http",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.None,
        ActivityStarted = span =>
        {
            if (span.Parent?.GetTagItem(TelemetryNames.Server.EnduserPseudoId) is string person)
            {
                span.SetTag(TelemetryNames.Server.EnduserPseudoId, person);
            }
        },
    };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();
}
