using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.UserService.Delegation;

/// <summary>What a person asks an agent to do.</summary>
internal sealed record DelegationOrder(AgentId Agent, ClientId AgentClient, DocumentId Document, AgentAction Action, ReviewType ReviewType);
