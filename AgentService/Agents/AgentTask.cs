using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents;

/// <summary>What an agent is asked to do, on a document that document-service has released for exactly this.</summary>
internal sealed record AgentTask(RegisteredAgent Agent, AgentAction Action, ReviewType ReviewType, AgentDocument Document);

/// <param name="Title">From the document's metadata.</param>
/// <param name="Owner">From the metadata too; null where they name none.</param>
/// <param name="Content">The Markdown below the metadata.</param>
internal sealed record AgentDocument(string Title, string? Owner, string Content);
