using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents;

/// <summary>What an agent is asked to do, on a document that document-service has released for exactly this.</summary>
internal sealed record AgentTask(RegisteredAgent Agent, AgentAction Action, ReviewType ReviewType, AgentDocument Document);

internal sealed record AgentDocument(string Title, string Content);
