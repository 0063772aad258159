namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Exchanges the token of a caller for one that is meant for the next hop only (RFC 8693).</summary>
public interface ITokenExchanger
{
    /// <summary>
    /// Answers from the cache, from a call in flight, or from the provider, and always leaves one <c>token_exchange</c> span. A token
    /// that is already meant for the target is refused: what reached us for two services could be replayed at the other.
    /// </summary>
    /// <param name="subject">The verified caller whose token is exchanged.</param>
    /// <param name="plan">What for.</param>
    /// <param name="cancellationToken">Ends the waiting, not a call to the provider that others wait for too.</param>
    Task<ExchangeResult> ExchangeAsync(Authentication.Caller subject, ExchangePlan plan, CancellationToken cancellationToken);
}
