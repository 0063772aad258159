using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>A rule about the agent that acts, which direct access has none of.</summary>
internal abstract class AgentRule : PolicyRule
{
    private readonly RuleVerdict _direct;

    protected AgentRule(string name)
        : base(name) => _direct = NotApplicable("Direct access: no agent acts.");

    public sealed override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) =>
        facts.Agent is { } agent ? Judge(agent, facts, permissions) : _direct;

    /// <param name="agent">The one that acts; one that no policy names can do nothing.</param>
    /// <param name="facts">As known.</param>
    /// <param name="permissions">Of these facts.</param>
    protected abstract RuleVerdict Judge(AgentPolicy agent, AccessFacts facts, PermissionIntersection permissions);
}
