using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The requested action, on a document that document-service has released for exactly this request.</summary>
public sealed record AgentTask(AgentId Agent, AgentAction Action, ReviewType ReviewType, AgentDocument Document);
