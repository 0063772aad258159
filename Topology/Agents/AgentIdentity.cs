namespace TraceDemo.Topology.Agents;

/// <summary>An agent as the identity provider and the wiring use it.</summary>
/// <param name="Id">Its id: the name of its file.</param>
/// <param name="ClientId">Its OAuth client.</param>
public sealed record AgentIdentity(string Id, string ClientId);
