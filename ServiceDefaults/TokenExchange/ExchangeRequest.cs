using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>One exchange: whose token, for what, asked for by whom.</summary>
/// <param name="Subject">The verified caller whose token is exchanged.</param>
/// <param name="Plan">What for.</param>
/// <param name="Requester">The client that asks.</param>
public sealed record ExchangeRequest(Caller Subject, ExchangePlan Plan, ClientCredential Requester);
