using System.Diagnostics;
using TraceDemo.ServiceDefaults.Vocabulary;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// One background check for changes. Calls during the check record no spans, here and at the other side, which learns it from the
/// sampled flag. The check itself records a root span only if something has changed or it failed; otherwise a poll
/// every second would dominate all traces.
/// </summary>
internal sealed class RefreshSpan : IDisposable
{
    private readonly Activity _unrecorded;

    private RefreshSpan(Activity unrecorded) => _unrecorded = unrecorded;

    /// <summary>Starts a check outside the first caller's trace.</summary>
    public static RefreshSpan Start(string name)
    {
        Activity.Current = null;
        return new RefreshSpan(new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start());
    }

    public void Changed() => Record("changed", errorType: null);

    public void Failed(Exception failure) => Record("failed", failure.GetType().FullName);

    public void Failed(ReasonCode reason) => Record("failed", reason.Value);

    public void Dispose() => _unrecorded.Dispose();

    private void Record(string result, string? errorType)
    {
        Activity.Current = null;
        using var span = Instrumentation.Source.StartActivity(
            _unrecorded.OperationName, ActivityKind.Internal, parentContext: default,
            startTime: new DateTimeOffset(_unrecorded.StartTimeUtc));
        span?.SetTag(Refresh.Result, result);
        if (errorType is null)
        {
            return;
        }

        span?.SetTag(Server.ErrorType, errorType);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
