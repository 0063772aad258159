using TraceDemo.Contracts;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>The action requested of an agent.</summary>
internal sealed record AgentOrder(AgentId Agent, DocumentId Document, AgentAction Action, ReviewType ReviewType, string? TransactionToken);
