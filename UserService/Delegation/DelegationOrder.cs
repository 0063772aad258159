using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.UserService.Delegation;

/// <summary>What a person asks an agent to do.</summary>
internal sealed record DelegationOrder(AgentId Agent, ClientId AgentClient, DocumentId Document, AgentAction Action, ReviewType ReviewType);
