using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>An agent handles documents up to its clearance;
/// an unclassified document exceeds every clearance.</summary>
internal sealed class ClearanceRule : AgentRule
{
    private readonly RuleVerdict _cleared;
    private readonly RuleVerdict _notCleared;

    public ClearanceRule()
        : base("clearance")
    {
        _cleared = Pass("The agent is cleared for the document's sensitivity.");
        _notCleared = Deny(AccessReasons.AgentClearanceInsufficient,
            "The agent is not cleared for a document this sensitive. Choose one with a higher clearance.");
    }

    protected override RuleVerdict Judge(AgentPolicy agent, AccessFacts facts, PermissionIntersection permissions) =>
        permissions.Required is { } required && agent.Clearance >= required.Sensitivity ? _cleared : _notCleared;
}
