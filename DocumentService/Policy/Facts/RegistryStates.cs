using TraceDemo.Contracts.Registry;

namespace TraceDemo.DocumentService.Policy.Facts;

internal static class RegistryStates
{
    /// <summary>The registry's state of an agent of the policy data; not read for unknown agents.</summary>
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
