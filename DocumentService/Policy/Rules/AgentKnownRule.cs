using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>An agent acts only if policy data and registry contain it, and the registry has it enabled.</summary>
internal sealed class AgentKnownRule : AgentRule
{
    private readonly RuleVerdict _enabled;
    private readonly RuleVerdict _noPolicy;
    private readonly RuleVerdict _notRegistered;
    private readonly RuleVerdict _disabled;
    private readonly RuleVerdict _unavailable;

    public AgentKnownRule()
        : base("agent-known")
    {
        _enabled = Pass("The agent is in the policy data, registered and enabled.");
        _noPolicy = Deny(AccessReasons.AgentUnknown, "The acting client is not in the policy data. Add the agent there first.");
        _notRegistered = Deny(AccessReasons.AgentUnknown, "The agent is not in the registry. Register it before it is used.");
        _disabled = Deny(AccessReasons.AgentDisabled, "The agent is disabled. An administrator can enable it.");
        _unavailable = Deny(AccessReasons.RegistryUnavailable,
            "The agent registry is unavailable, so no agent may act. Try again shortly.");
    }

    protected override RuleVerdict Judge(AgentPolicy agent, AccessFacts facts, PermissionIntersection permissions) =>
        facts.Delegation switch
        {
            null or { Policy: null } => _noPolicy,
            { Registry: RegistryState.Enabled } => _enabled,
            { Registry: RegistryState.Disabled } => _disabled,
            { Registry: RegistryState.NotRegistered } => _notRegistered,
            _ => _unavailable,
        };
}
