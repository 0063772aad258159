using System.Diagnostics;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Telemetry;

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
        {
            activity?.SetTag(TelemetryNames.Access.AgentId, agent.Id.Value);
        }

        return new(activity);
    }

    public void End(AccessOutcome outcome)
    {
        _activity?.SetTag(TelemetryNames.Access.Granted, outcome is AccessOutcome.Granted or AccessOutcome.Created);
        if (outcome.Reason is not { } reason)
        {
            return;
        }

        _activity?.SetTag(TelemetryNames.Access.Reason, reason.Value);
        if (reason.Status >= StatusCodes.Status500InternalServerError && outcome is AccessOutcome.NotDone)
        {
            _activity?.SetTag(TelemetryNames.Server.ErrorType, reason.Value).SetStatus(ActivityStatusCode.Error);
        }
        else if (reason.Status != StatusCodes.Status200OK)
        {
            _activity?.AddEvent(
                new ActivityEvent(TelemetryNames.Access.DeniedEvent, tags: new() { [TelemetryNames.Access.Reason] = reason.Value }));
        }
    }

    public void Dispose() => _activity?.Dispose();
}
