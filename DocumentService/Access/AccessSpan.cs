using System.Diagnostics;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>The span <c>doc.access</c>. A denial is an outcome, not an error: the status stays unset.</summary>
internal readonly struct AccessSpan : IDisposable
{
    private readonly Activity? _activity;

    private AccessSpan(Activity? activity) => _activity = activity;

    public static AccessSpan Start(AccessAttempt attempt, AgentPolicy? agent)
    {
        var activity = Instrumentation.Source.StartActivity(TelemetryNames.Access.DocAccessSpan);
        activity?.SetTag(TelemetryNames.Access.EnduserPseudoId, attempt.Caller.Pseudonym);
        activity?.SetTag(TelemetryNames.Access.DocumentId, attempt.Document.Value);
        if (agent is not null)
            activity?.SetTag(TelemetryNames.Access.AgentId, agent.Id.Value);
        return new(activity);
    }

    public void Decided(Decision decision) => End(decision.Allowed, decision.Reason);

    public void NotFound() => End(granted: false, ReasonCode.DocumentNotFound);

    public void Dispose() => _activity?.Dispose();

    private void End(bool granted, ReasonCode reason)
    {
        _activity?.SetTag(TelemetryNames.Access.Granted, granted);
        _activity?.SetTag(TelemetryNames.Access.Reason, reason.Value);
        if (!granted)
            _activity?.AddEvent(new ActivityEvent(TelemetryNames.Access.DeniedEvent, tags: new() { [TelemetryNames.Access.Reason] = reason.Value }));
    }
}
