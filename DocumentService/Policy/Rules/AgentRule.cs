using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>A rule about the acting agent, which does not apply to direct access.</summary>
internal abstract class AgentRule : PolicyRule
{
    private readonly RuleVerdict _direct;

    protected AgentRule(string name)
        : base(name) => _direct = NotApplicable("Direct access: no agent acts.");

    public sealed override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) =>
        facts.Agent is { } agent ? Judge(agent, facts, permissions) : _direct;

    /// <param name="agent">The acting agent; one that is not in the policy has no rights.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="permissions">From the same facts.</param>
    protected abstract RuleVerdict Judge(AgentPolicy agent, AccessFacts facts, PermissionIntersection permissions);
}
