using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>An agent handles documents up to the sensitivity it is cleared for;
/// one that is unclassified is above every clearance.</summary>
internal sealed class ClearanceRule : PolicyRule
{
    private readonly RuleVerdict _direct;
    private readonly RuleVerdict _cleared;
    private readonly RuleVerdict _notCleared;

    public ClearanceRule()
        : base("clearance")
    {
        _direct = NotApplicable("Direct access: no agent acts.");
        _cleared = Pass("The agent is cleared for the document's sensitivity.");
        _notCleared = Deny(ReasonCode.AgentClearanceInsufficient,
            "The agent is not cleared for a document this sensitive. Choose one with a higher clearance.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions)
    {
        if (facts.Agent is not { } agent)
        {
            return _direct;
        }

        return permissions.Required is { } required && agent.Clearance >= required.Sensitivity ? _cleared : _notCleared;
    }
}
