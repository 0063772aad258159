using System.Diagnostics;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.DocumentService.Access;

/// <summary>Puts each decision into metric, log and audit. A what-if is no decision and never comes here.</summary>
internal sealed class DecisionRecorder(AuditTrail audit, TimeProvider time, ILogger<DecisionRecorder> logger)
{
    public ValueTask RecordAsync(AccessAttempt attempt, Decision decision, CancellationToken cancellationToken)
    {
        var caller = attempt.Caller;
        Instrumentation.RecordDecision(decision.Outcome.Word(), decision.Reason.Value, decision.CallerType.Word());
        if (decision.Allowed)
            AccessLog.Allowed(logger, caller.Pseudonym, decision.Agent, attempt.Document, decision.Reason);
        else
            AccessLog.Denied(logger, caller.Pseudonym, decision.Agent, attempt.Document, decision.Reason, decision.Rule);
        var traceId = Activity.Current?.TraceId.ToHexString();
        return audit.AddAsync(
            new(time.GetUtcNow(), traceId, caller.Subject, caller.UserName, caller.Client.Value, attempt.Document, attempt.Action, decision), cancellationToken);
    }
}
