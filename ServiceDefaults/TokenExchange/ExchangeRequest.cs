using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>One exchange: subject, target and requester.</summary>
/// <param name="Subject">The verified caller whose token is exchanged.</param>
/// <param name="Plan">The target.</param>
/// <param name="Requester">The requesting client.</param>
public sealed record ExchangeRequest(Caller Subject, ExchangePlan Plan, ClientCredential Requester);
