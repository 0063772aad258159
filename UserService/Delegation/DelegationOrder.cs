using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.UserService.Delegation;

/// <summary>A person's request to an agent.</summary>
internal sealed record DelegationOrder(AgentId Agent, ClientId AgentClient, DocumentId Document, AgentAction Action, ReviewType ReviewType);
