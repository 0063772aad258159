namespace TraceDemo.Topology.Agents;

/// <summary>An agent as the identity provider and the wiring see it.</summary>
/// <param name="Id">Its name: that of its file.</param>
/// <param name="ClientId">The OAuth client as which it acts.</param>
public sealed record AgentIdentity(string Id, string ClientId);
