using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>Records the outcome of each attempt in log and audit, and counts the
/// policy's decisions. What-if queries are not recorded here.</summary>
internal sealed class DecisionRecorder(ILogger<DecisionRecorder> logger)
{
    public ValueTask RecordAsync(AccessAttempt attempt, AccessOutcome outcome)
    {
        if (outcome.Decided is { } decision)
        {
            LogDecision(attempt, decision);
        }
        else if (outcome.Reason is { } reason)
        {
            AccessLog.NotDone(logger, attempt.Caller.Pseudonym, attempt.Action.Word(), attempt.Document, reason);
        }

        return attempt.Audit.RecordAsync(outcome.Reason, outcome.Decided);
    }

    private void LogDecision(AccessAttempt attempt, Decision decision)
    {
        var (person, document) = (attempt.Caller.Pseudonym, attempt.Document);
        AccessMetrics.RecordDecision(decision.Outcome.Word(), decision.Reason.Value, decision.CallerType.Word());
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
