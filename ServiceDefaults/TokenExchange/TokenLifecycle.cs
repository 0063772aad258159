using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>What ends a token before its time, and the clock that ends it in time.</summary>
internal sealed record TokenLifecycle(ValidatedTokens Validated, Revocations Revocations, TimeProvider Time);
