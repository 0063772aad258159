using TraceDemo.Contracts.Registry;

namespace TraceDemo.DocumentService.Policy.Facts;

internal static class RegistryStates
{
    /// <summary>What the registry says about an agent of the policy data; it is not asked about one that is not there.</summary>
    public static RegistryState StateOf(this RegistryView registry, AgentPolicy? agent) => agent is null
        ? RegistryState.NotRegistered
        : registry.Find(agent.Id) switch
        {
            AgentState.Known { Entry.Enabled: true } => RegistryState.Enabled,
            AgentState.Known => RegistryState.Disabled,
            AgentState.Unknown => RegistryState.NotRegistered,
            _ => RegistryState.Unavailable,
        };
}
