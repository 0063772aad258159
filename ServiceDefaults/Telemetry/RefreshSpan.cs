using System.Diagnostics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// One look in the background at whether something has changed. What is called meanwhile, here and at the other side, leaves no spans: the
/// sampled flag says so to it. The look itself leaves one, a root of its own, only when something has changed or failed; else a poll
/// every second would drown everything else.
/// </summary>
internal sealed class RefreshSpan : IDisposable
{
    private readonly Activity _unrecorded;

    private RefreshSpan(Activity unrecorded) => _unrecorded = unrecorded;

    /// <summary>Starts looking; no part of the trace of whoever came first.</summary>
    public static RefreshSpan Start(string name)
    {
        Activity.Current = null;
        return new RefreshSpan(new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start());
    }

    public void Changed() => Record("changed", failure: null);

    public void Failed(Exception failure) => Record("failed", failure);

    public void Dispose() => _unrecorded.Dispose();

    private void Record(string result, Exception? failure)
    {
        Activity.Current = null;
        using var span = Instrumentation.Source.StartActivity(
            _unrecorded.OperationName, ActivityKind.Internal, parentContext: default,
            startTime: new DateTimeOffset(_unrecorded.StartTimeUtc));
        span?.SetTag(Refresh.Result, result);
        if (failure is null) { return; }

        span?.SetTag(Server.ErrorType, failure.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
