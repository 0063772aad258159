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

/// <summary>The decision point: gathers the facts from verified tokens and own data,
/// asks the policy, and puts what came of it on record.</summary>
internal sealed class AccessControl(
    DocumentStore documents, AccessPolicy policy, RegistryView registry, TransactionTokenValidator grants, DecisionRecorder recorder)
{
    /// <summary>Who acts is decided by the client that the token was issued to: one is the direct path, every other is an agent.</summary>
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

    /// <summary>For an endpoint that only direct callers reach: where every rule
    /// allows it, makes the change, and records what came of it.</summary>
    /// <param name="change">Gets the stored version; says why it could not be made.</param>
    public async Task<AccessOutcome> ChangeAsync(AccessAttempt attempt, Func<Document, Task<Rejection?>> change)
    {
        using var span = Begin(attempt, agent: null);
        var decided = Decide(attempt, Facts(attempt));
        return decided is AccessOutcome.Granted(var stored, _)
            ? await DoAsync(attempt, span, decided, () => change(stored))
            : await EndAsync(attempt, span, decided);
    }

    /// <summary>As a change, of a document that there is not yet: the rules about the caller decide alone.</summary>
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
        attempt.Audit.Concerns(AccessActions.Document(attempt.Action.Word()), attempt.Document.Value);
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
        // Decided for the caller before the document is looked up; a refused caller's look-up is for the record only.
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
        // Before the change: one that cannot be put on record is not made.
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

    /// <summary>A body that could not be read is the sender's matter; anything else is ours.</summary>
    private static Rejection Failed(Exception failure) => failure switch
    {
        OperationCanceledException => new(ReasonCode.RequestAborted, "Whoever asked went away."),
        BadHttpRequestException => new(ReasonCode.RequestInvalid, "The request ended before its body did."),
        _ => new(ReasonCode.InternalError, "The change could not be made."),
    };

    private async Task<AccessOutcome> EndAsync(AccessAttempt attempt, AccessSpan span, AccessOutcome outcome)
    {
        span.Finish(outcome is AccessOutcome.Granted or AccessOutcome.Created, outcome.Reason);
        await recorder.RecordAsync(attempt, outcome);
        return outcome;
    }

    private async ValueTask<GrantVerdict> GrantAsync(AccessAttempt attempt, AgentPolicy? agent, CancellationToken cancellationToken)
    {
        // Without a person or a known agent there is nothing that a grant could name.
        if (!attempt.Caller.IsPerson || agent is null)
        {
            return GrantVerdict.Invalid;
        }

        var claims = TransactionClaims.For(
            attempt.Caller, agent.Client, new DelegationContext(agent.Id, attempt.Document, attempt.Action.Word()));
        return (await grants.CheckAsync(attempt.TransactionToken, claims, cancellationToken)).Verdict();
    }
}
