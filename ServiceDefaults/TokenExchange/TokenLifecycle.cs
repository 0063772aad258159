using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>What ends a token before its time, and the clock that ends it in time.</summary>
internal sealed record TokenLifecycle(Revocations Revocations, TimeProvider Time);
