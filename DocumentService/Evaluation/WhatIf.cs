using TraceDemo.Contracts;
using TraceDemo.Contracts.Registry;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>Answers what-if queries. They are not accesses and create no audit entry; an unauthorized
/// query for other departments does.</summary>
internal sealed class WhatIf(AccessPolicy policy, DocumentStore documents, RegistryView registry, AuditTrail audit)
{
    public async Task<IResult> EvaluateAsync(WhatIfRequest request, Caller caller)
    {
        if (request.DocumentId is not { } id)
        {
            return Rejection.Invalid("documentId").ToResult();
        }

        var person = WhatIfPerson.Of(caller, request.Departments);
        if (person.Rejection is not null)
        {
            return await RejectAsync(caller, person.Rejection);
        }

        var agent = request.AgentId is { } agentId ? policy.Data.Find(agentId) : null;
        if (request.AgentId is not null && agent is null)
        {
            return Problem.Result(AccessReasons.AgentNotFound, "This agent is not in the policy; GET /api/policy/agents lists the agents.");
        }

        var facts = person.Facts with
        {
            Delegation = agent is null
            ? null
            : new(agent, registry.StateOf(agent), GrantVerdict.Missing)
        };
        // As with an access: the response to a rejected caller is the same whether or not the document exists.
        if (AccessPolicy.Refuse(facts) is not null)
        {
            return Results.Ok(new WhatIfResponse(true, request.AgentId, id, AccessPolicy.AboutCaller(policy.Explain(facts))));
        }

        return documents.Find(id) is { } document
            ? Results.Ok(new WhatIfResponse(true, request.AgentId, id, policy.Explain(facts with { Document = document })))
            : Rejection.NotFound.ToResult();
    }

    /// <param name="departments">For an administrator only: hypothetical departments, repeated or separated by commas.</param>
    /// <param name="caller">The person of the matrix otherwise.</param>
    public async Task<IResult> MatrixAsync(string[]? departments, Caller caller)
    {
        var named = departments is { Length: > 0 } ? departments.SelectMany(value => value.Split(',')).ToArray() : null;
        var person = WhatIfPerson.Of(caller, named);
        if (person.Rejection is not null)
        {
            return await RejectAsync(caller, person.Rejection);
        }

        using var span = PolicySpans.WhatIf();
        return Results.Ok(PolicyMatrix.Of(policy, person.Facts, documents.All, registry.StateOf));
    }

    private async Task<IResult> RejectAsync(Caller caller, Rejection rejection)
    {
        if (rejection.Reason == ReasonCode.AdminRequired)
        {
            await audit.RecordAsync(AuditEntry.Of(caller, AccessActions.WhatIf, null, rejection.Reason));
        }

        return rejection.ToResult();
    }
}
