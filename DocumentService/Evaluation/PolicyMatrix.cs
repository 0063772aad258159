using System.Collections.Immutable;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>A person × agents × documents, each cell decided by the policy itself, as a what-if query.</summary>
internal sealed record PolicyMatrix(ImmutableArray<string> Departments, string PolicyVersion, ImmutableArray<PolicyMatrixRow> Rows)
{
    public static PolicyMatrix Of(
        AccessPolicy policy, AccessFacts person, ImmutableArray<Document> documents, Func<AgentPolicy, RegistryState> registry)
    {
        var rows = ImmutableArray.CreateBuilder<PolicyMatrixRow>();
        rows.Add(new(null, Cells(policy, person, documents)));
        foreach (var agent in policy.Data.Agents)
        {
            rows.Add(
                new(agent.Id,
                    Cells(policy, person with { Delegation = new(agent, registry(agent), GrantVerdict.Missing) }, documents)));
        }

        return new([.. person.Departments.Order(StringComparer.Ordinal)], policy.Data.Version, rows.DrainToImmutable());
    }

    private static ImmutableArray<PolicyMatrixCell> Cells(AccessPolicy policy, AccessFacts facts, ImmutableArray<Document> documents)
    {
        if (AccessPolicy.Refuse(facts) is { Reason: { } refusal })
        {
            return [.. documents.Select(document => new PolicyMatrixCell(document.Id, Outcome.Deny, refusal, []))];
        }

        return
        [
            .. documents.Select(document =>
            {
                var decision = policy.Decide(facts with { Document = document });
                return new PolicyMatrixCell(document.Id, decision.Outcome, decision.Reason, decision.Missing);
            }),
        ];
    }
}
