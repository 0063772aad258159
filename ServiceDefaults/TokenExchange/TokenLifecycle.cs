using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Revocations and the clock, which both end a token's validity.</summary>
internal sealed record TokenLifecycle(Revocations Revocations, TimeProvider Time);
