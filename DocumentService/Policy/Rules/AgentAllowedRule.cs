using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>An agent serves the people of the groups that its policy names, and nobody where it names none.</summary>
internal sealed class AgentAllowedRule : PolicyRule
{
    private readonly RuleVerdict _direct;
    private readonly RuleVerdict _allowed;
    private readonly RuleVerdict _notAllowed;

    public AgentAllowedRule()
        : base("agent-allowed")
    {
        _direct = NotApplicable("Direct access: no agent acts.");
        _allowed = Pass("The person is in a group that may use this agent.");
        _notAllowed = Deny(ReasonCode.AgentNotAllowed, "The person is in no group that may use this agent. Choose another agent.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions)
    {
        if (facts.Agent is not { } agent)
        {
            return _direct;
        }

        foreach (var group in agent.AllowedGroups)
        {
            if (facts.Departments.Contains(group))
            {
                return _allowed;
            }
        }

        return _notAllowed;
    }
}
