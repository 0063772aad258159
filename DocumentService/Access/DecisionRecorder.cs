using System.Diagnostics;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>Puts each decision into metric, log and audit. A what-if is no decision and never comes here.</summary>
internal sealed class DecisionRecorder(AuditTrail audit, TimeProvider time, ILogger<DecisionRecorder> logger)
{
    public ValueTask RecordAsync(AccessAttempt attempt, Decision decision, CancellationToken cancellationToken)
    {
        var caller = attempt.Caller;
        Instrumentation.RecordDecision(decision.Outcome.Word(), decision.Reason.Value, decision.CallerType.Word());
        Log(caller.Pseudonym, attempt.Document, decision);
        var traceId = Activity.Current?.TraceId.ToHexString();
        return audit.AddAsync(
            new(time.GetUtcNow(), traceId, caller.Subject, caller.UserName, caller.Client.Value, attempt.Document, attempt.Action, decision), cancellationToken);
    }

    private void Log(string person, DocumentId document, Decision decision)
    {
        switch (decision)
        {
            case { CallerType: CallerType.Delegated, Agent: { } agent, Allowed: true }:
                DelegatedAccessLog.Allowed(logger, person, agent, document, decision.Reason);
                break;
            case { CallerType: CallerType.Delegated, Agent: { } agent }:
                DelegatedAccessLog.Denied(logger, person, agent, document, decision.Reason, decision.Rule);
                break;
            case { Allowed: true }:
                AccessLog.Allowed(logger, person, document, decision.Reason);
                break;
            default:
                AccessLog.Denied(logger, person, document, decision.Reason, decision.Rule);
                break;
        }
    }
}
