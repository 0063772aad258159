namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Obtains a token on a cache miss. One delegate for all requests: a hit must not allocate a closure it does not call.</summary>
internal delegate Task<(ExchangeResult Result, CacheSource Source)> ExchangeTokenDelegate(
    ExchangeKey key, ExchangeRequest request, CancellationToken cancellationToken);
