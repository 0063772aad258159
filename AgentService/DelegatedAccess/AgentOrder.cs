using TraceDemo.Contracts;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>What an agent is to do, as it came with the request.</summary>
internal sealed record AgentOrder(AgentId Agent, DocumentId Document, AgentAction Action, ReviewType ReviewType, string? TransactionToken);
