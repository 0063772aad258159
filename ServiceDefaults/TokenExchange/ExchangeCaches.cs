namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The two levels: in this process, and in Redis for all replicas.</summary>
internal sealed record ExchangeCaches(ExchangeCache Own, SharedExchanges Shared);
