namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Gets what the cache has not. One delegate for all requests: a hit must not pay for a closure it does not call.</summary>
internal delegate Task<(ExchangeResult Result, CacheSource Source)> Issue(
    ExchangeKey key, ExchangeRequest request, CancellationToken cancellationToken);
