namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Exchanges a caller's token for one whose audience is the next hop only (RFC 8693).</summary>
public interface ITokenExchanger
{
    /// <summary>
    /// Returns a token from the cache, from a call in progress, or from the provider, and always records one <c>token_exchange</c> span. A
    /// token that already has the target as audience is rejected: a token for two services could be replayed at the other.
    /// </summary>
    /// <param name="subject">The verified caller whose token is exchanged.</param>
    /// <param name="plan">The target.</param>
    /// <param name="cancellationToken">Cancels the wait, not a shared call to the provider.</param>
    Task<ExchangeResult> ExchangeAsync(Authentication.Caller subject, ExchangePlan plan, CancellationToken cancellationToken);
}
