using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.AgentService.Registry;

/// <summary>What the registry says of an agent. What it may read is document-service's policy data, so nothing here can widen it.</summary>
internal sealed record RegisteredAgent(AgentId Id, string Name, string Description, AgentKind Kind, bool Enabled);
