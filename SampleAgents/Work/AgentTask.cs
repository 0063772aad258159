using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>What an agent is asked to do, on a document that document-service has released for exactly this.</summary>
public sealed record AgentTask(AgentId Agent, AgentAction Action, ReviewType ReviewType, AgentDocument Document);
