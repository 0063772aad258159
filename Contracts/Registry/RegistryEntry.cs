namespace TraceDemo.Contracts.Registry;

/// <summary>The registry's entry of an agent. It does not contain the agent's rights,
/// so a wrong entry can only restrict access.</summary>
/// <param name="Id">The agent.</param>
/// <param name="Name">For display.</param>
/// <param name="Enabled">False stops every delegation to the agent.</param>
public sealed record RegistryEntry(AgentId Id, string Name, bool Enabled);
