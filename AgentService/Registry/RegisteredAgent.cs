using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.AgentService.Registry;

/// <summary>The registry's entry of an agent. Its rights are document-service's policy data, so nothing here can extend them.</summary>
internal sealed record RegisteredAgent(AgentId Id, string Name, string Description, AgentKind Kind, bool Enabled);
