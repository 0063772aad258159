using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The target of a token exchange (RFC 8693 §2.1).</summary>
/// <param name="Audiences">The exact audiences of the new token.</param>
/// <param name="Scopes">The required scopes; if empty, the parameter is omitted.</param>
/// <param name="Requester">The requesting client; null means the service's own.</param>
public sealed record ExchangePlan(IReadOnlyList<ClientId> Audiences, IReadOnlyList<string> Scopes, ClientCredential? Requester = null)
{
    /// <summary>One audience, requested by the service's own client.</summary>
    /// <param name="audience">The audience of the new token.</param>
    /// <param name="scopes">The required scopes.</param>
    public static ExchangePlan For(string audience, params string[] scopes) => new([new ClientId(audience)], scopes);
}
