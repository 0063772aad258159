using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>What a token is to be exchanged for (RFC 8693 §2.1).</summary>
/// <param name="Audiences">The services the new token is meant for, exactly these.</param>
/// <param name="Scopes">The scopes it must carry; empty asks for none, and the parameter is left out.</param>
/// <param name="Requester">The client that asks; null means the service's own.</param>
public sealed record ExchangePlan(IReadOnlyList<ClientId> Audiences, IReadOnlyList<string> Scopes, ClientCredential? Requester = null)
{
    /// <summary>One audience, asked for by the service's own client.</summary>
    /// <param name="audience">The service the new token is meant for.</param>
    /// <param name="scopes">The scopes it must carry.</param>
    public static ExchangePlan For(string audience, params string[] scopes) => new([new ClientId(audience)], scopes);
}
