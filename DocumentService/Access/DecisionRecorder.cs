using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>Records the outcome of each attempt in log and audit, and counts the
/// policy's decisions. What-if queries are not recorded here.</summary>
internal sealed partial class DecisionRecorder(ILogger<DecisionRecorder> logger)
{
    public ValueTask RecordAsync(AccessAttempt attempt, AccessOutcome outcome)
    {
        if (outcome.Decided is { } decision)
        {
            LogDecision(attempt, decision);
        }
        else if (outcome.Reason is { } reason)
        {
            LogNotDone(attempt.Caller.Pseudonym, attempt.Action.Word(), attempt.Document, reason);
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
                LogDelegatedAllowed(person, agent, document, decision.Reason);
                break;
            case { CallerType: CallerType.Delegated, Agent: { } agent }:
                LogDelegatedDenied(person, agent, document, decision.Reason, decision.Rule);
                break;
            case { Allowed: true }:
                LogAllowed(person, document, decision.Reason);
                break;
            default:
                LogDenied(person, document, decision.Reason, decision.Rule);
                break;
        }
    }
    [LoggerMessage(EventName = "access.allowed", Level = LogLevel.Information, Message = "{Person} may use {Document}: {Reason}")]
    private partial void LogAllowed(string person, DocumentId document, ReasonCode reason);

    [LoggerMessage(EventName = "access.denied", Level = LogLevel.Information,
        Message = "{Person} may not use {Document}: {Reason} by rule {Rule}")]
    private partial void LogDenied(string person, DocumentId document, ReasonCode reason, string rule);

    [LoggerMessage(EventName = "access.not_done", Level = LogLevel.Information,
        Message = "{Person} could not {Action} {Document}: {Reason}")]
    private partial void LogNotDone(string person, string action, DocumentId document, ReasonCode reason);

    [LoggerMessage(EventName = "delegated_access.allowed", Level = LogLevel.Information,
        Message = "{Person} with agent {Agent} may use {Document}: {Reason}")]
    private partial void LogDelegatedAllowed(string person, string agent, DocumentId document, ReasonCode reason);

    [LoggerMessage(EventName = "delegated_access.denied", Level = LogLevel.Information,
        Message = "{Person} with agent {Agent} may not use {Document}: {Reason} by rule {Rule}")]
    private partial void LogDelegatedDenied(string person, string agent, DocumentId document, ReasonCode reason, string rule);
}
