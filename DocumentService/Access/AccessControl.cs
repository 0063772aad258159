using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.Contracts.Registry;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>The decision point: collects facts from verified tokens and own data,
/// evaluates the policy, and records the outcome.</summary>
internal sealed class AccessControl(
    DocumentStore documents, AccessPolicy policy, RegistryView registry, TransactionTokenValidator grants, DecisionRecorder recorder)
{
    /// <summary>The client that the token was issued to identifies the actor: one is the direct path, every other is an agent.</summary>
    public async Task<AccessOutcome> DecideAsync(AccessAttempt attempt, CancellationToken cancellationToken)
    {
        var isDelegated = attempt.Caller.Client != AccessPolicy.DirectClient;
        var agent = isDelegated ? policy.Data.Find(attempt.Caller.Client) : null;
        using var span = Begin(attempt, agent);
        var caller = Facts(attempt) with
        {
            Delegation = isDelegated ? new(agent, registry.StateOf(agent), await GrantAsync(attempt, agent, cancellationToken)) : null,
        };
        return await EndAsync(attempt, span, Decide(attempt, caller));
    }

    /// <summary>For an endpoint that only direct callers reach: makes the change if every
    /// rule allows it, and records the outcome.</summary>
    /// <param name="change">Receives the stored version; returns why it could not be made.</param>
    public async Task<AccessOutcome> ChangeAsync(AccessAttempt attempt, Func<Document, Task<Rejection?>> change)
    {
        using var span = Begin(attempt, agent: null);
        var decided = Decide(attempt, Facts(attempt));
        return decided is AccessOutcome.Granted(var stored, _)
            ? await DoAsync(attempt, span, decided, () => change(stored))
            : await EndAsync(attempt, span, decided);
    }

    /// <summary>Creates a document: only the caller rules apply.</summary>
    public async Task<AccessOutcome> CreateAsync(AccessAttempt attempt, Func<Task<Rejection?>> create)
    {
        using var span = Begin(attempt, agent: null);
        var caller = Facts(attempt);
        return AccessPolicy.Refuse(caller) is { } refusal
            ? await EndAsync(attempt, span, new AccessOutcome.Refused(refusal, policy.Explain(caller)))
            : await DoAsync(attempt, span, new AccessOutcome.Created(), create);
    }

    private static AccessSpan Begin(AccessAttempt attempt, AgentPolicy? agent)
    {
        attempt.Audit.SetAction(AccessActions.Document(attempt.Action.Word()), attempt.Document.Value);
        return AccessSpan.Start(AccessTelemetry.Access.DocAccessSpan, attempt.Caller, attempt.Document, agent?.Id);
    }

    private static AccessFacts Facts(AccessAttempt attempt) => new()
    {
        IsPerson = attempt.Caller.IsPerson,
        HasScope = attempt.Caller.Scopes.Contains(attempt.Scope),
        Departments = attempt.Caller.Groups,
    };

    private AccessOutcome Decide(AccessAttempt attempt, AccessFacts caller)
    {
        var refusal = AccessPolicy.Refuse(caller);
        // Caller rules decide before the document is looked up; for a rejected caller the look-up is for the record only.
        var document = documents.Find(attempt.Document);
        if (refusal is null && document is null)
        {
            return new AccessOutcome.NotFound();
        }

        var decision = policy.Explain(caller with { Document = document });
        return refusal is not null ? new AccessOutcome.Refused(refusal, decision)
            : decision.Allowed ? new AccessOutcome.Granted(document!, decision)
            : new AccessOutcome.Denied(decision);
    }

    private async Task<AccessOutcome> DoAsync(AccessAttempt attempt, AccessSpan span, AccessOutcome done, Func<Task<Rejection?>> work)
    {
        // Before the change: a change that cannot be audited is not made.
        if (!await attempt.Audit.TryReserveAsync())
        {
            return await EndAsync(attempt, span, new AccessOutcome.NotDone(new(ReasonCode.AuditUnavailable, AuditedRequest.Unavailable)));
        }

        AccessOutcome outcome;
        try
        {
            outcome = await work() is { } rejection ? new AccessOutcome.NotDone(rejection) : done;
        }
        catch (Exception failure)
        {
            await EndAsync(attempt, span, new AccessOutcome.NotDone(Failed(failure)));
            throw;
        }

        return await EndAsync(attempt, span, outcome);
    }

    /// <summary>An unreadable body is the sender's error; anything else is ours.</summary>
    private static Rejection Failed(Exception failure) => failure switch
    {
        OperationCanceledException => new(ReasonCode.RequestAborted, "The client disconnected."),
        BadHttpRequestException => new(ReasonCode.RequestInvalid, "The request ended before its body was complete."),
        _ => new(ReasonCode.InternalError, "The change failed."),
    };

    private async Task<AccessOutcome> EndAsync(AccessAttempt attempt, AccessSpan span, AccessOutcome outcome)
    {
        span.Finish(outcome is AccessOutcome.Granted or AccessOutcome.Created, outcome.Reason);
        await recorder.RecordAsync(attempt, outcome);
        return outcome;
    }

    private async ValueTask<GrantVerdict> GrantAsync(AccessAttempt attempt, AgentPolicy? agent, CancellationToken cancellationToken)
    {
        // Without a person or a known agent there is nothing for a grant to match.
        if (!attempt.Caller.IsPerson || agent is null)
        {
            return GrantVerdict.Invalid;
        }

        var claims = TransactionClaims.For(
            attempt.Caller, agent.Client, new DelegationContext(agent.Id, attempt.Document, attempt.Action.Word()));
        return (await grants.CheckAsync(attempt.TransactionToken, claims, cancellationToken)).Verdict();
    }
}
