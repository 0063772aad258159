namespace TraceDemo.Contracts.Registry;

/// <summary>What the registry says of an agent. It says nothing about what the
/// agent may read, so a wrong answer can only take away.</summary>
/// <param name="Id">The agent.</param>
/// <param name="Name">For display.</param>
/// <param name="Enabled">False stops every delegation to it.</param>
public sealed record RegistryEntry(AgentId Id, string Name, bool Enabled);
