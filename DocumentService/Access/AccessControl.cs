using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Registry;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.DocumentService.Access;

/// <summary>The decision point: gathers the facts from verified tokens and own data, asks the policy, and puts what it said on record.</summary>
internal sealed class AccessControl(
    DocumentStore documents, AccessPolicy policy, RegistryView registry, TransactionTokenValidator grants, DecisionRecorder recorder)
{
    /// <summary>For an endpoint that only direct callers reach: nobody acts for the person.</summary>
    public Task<AccessOutcome> DecideDirectAsync(AccessAttempt attempt, CancellationToken cancellationToken) =>
        DecideAsync(attempt, isDelegated: false, cancellationToken);

    /// <summary>Who acts is decided by the client that the token was issued to: one is the direct path, every other is an agent.</summary>
    public Task<AccessOutcome> DecideAsync(AccessAttempt attempt, CancellationToken cancellationToken) =>
        DecideAsync(attempt, attempt.Caller.Client != AccessPolicy.DirectClient, cancellationToken);

    private async Task<AccessOutcome> DecideAsync(AccessAttempt attempt, bool isDelegated, CancellationToken cancellationToken)
    {
        var agent = isDelegated ? policy.Data.Find(attempt.Caller.Client) : null;
        using var span = AccessSpan.Start(attempt, agent);
        var caller = new AccessFacts
        {
            IsPerson = attempt.Caller.IsPerson,
            HasScope = attempt.Caller.Scopes.Contains(attempt.Scope),
            Departments = attempt.Caller.Departments,
            Delegation = isDelegated ? new(agent, registry.StateOf(agent), await GrantAsync(attempt, agent, cancellationToken)) : null,
        };
        var refusal = AccessPolicy.Refuse(caller);
        // Decided for the caller before the document is looked up; a refused caller's look-up is for the record only.
        var document = documents.Find(attempt.Document);
        if (refusal is null && document is null)
        {
            span.NotFound();
            return new AccessOutcome.NotFound();
        }

        var decision = policy.Explain(caller with { Document = document });
        span.Decided(decision);
        await recorder.RecordAsync(attempt, decision, cancellationToken);
        return refusal is not null ? new AccessOutcome.Refused(refusal)
            : decision.Allowed ? new AccessOutcome.Granted(document!, decision)
            : new AccessOutcome.Denied(decision);
    }

    private async ValueTask<GrantVerdict> GrantAsync(AccessAttempt attempt, AgentPolicy? agent, CancellationToken cancellationToken)
    {
        // Without a person or a known agent there is nothing that a grant could name.
        if (!attempt.Caller.IsPerson || agent is null)
            return GrantVerdict.Not("invalid");
        var claims = TransactionClaims.For(attempt.Caller, agent.Client, agent.Id, attempt.Document, attempt.Action.Word());
        return await grants.CheckAsync(attempt.TransactionToken, claims, cancellationToken);
    }
}
