using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>An agent serves people of its allowed groups, and nobody if there are none.</summary>
internal sealed class AgentAllowedRule : AgentRule
{
    private readonly RuleVerdict _allowed;
    private readonly RuleVerdict _notAllowed;

    public AgentAllowedRule()
        : base("agent-allowed")
    {
        _allowed = Pass("The person is in a group that may use this agent.");
        _notAllowed = Deny(AccessReasons.AgentNotAllowed, "None of the person's groups may use this agent. Choose another agent.");
    }

    protected override RuleVerdict Judge(AgentPolicy agent, AccessFacts facts, PermissionIntersection permissions)
    {
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
