using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The outcome of an exchange: a token for the next hop, or the reason for its absence.</summary>
public abstract record ExchangeResult
{
    private ExchangeResult()
    {
    }

    /// <summary>The provider issued a token that matches the request.</summary>
    /// <param name="Token">The token for the next hop.</param>
    public sealed record Issued(ExchangedToken Token) : ExchangeResult;

    /// <summary>There is no token.</summary>
    /// <param name="Reason">The reason, from the closed list.</param>
    /// <param name="Detail">The remedy.</param>
    /// <param name="OAuthError">The provider's <c>error</c> (RFC 6749 §5.2), or null if it did not respond.</param>
    /// <param name="OAuthErrorDescription">The provider's <c>error_description</c>: for span and log, never for the response.</param>
    public sealed record Refused(ReasonCode Reason, string Detail, string? OAuthError = null, string? OAuthErrorDescription = null)
        : ExchangeResult;
}
