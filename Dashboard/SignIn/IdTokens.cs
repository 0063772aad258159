using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Validates ID tokens.</summary>
internal sealed class IdTokens(ProviderTokens tokens, IOptions<IdentityOptions> options)
{
    /// <summary>The person of an ID token; null unless it was issued to this client and, if given, for this sign-in.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's key could not be fetched.</exception>
    public async Task<ClaimsIdentity?> IdentityAsync(string idToken, string? nonce, CancellationToken cancellationToken)
    {
        var client = options.Value.ClientId;
        return await tokens.ReadAsync(idToken, client, cancellationToken) switch
        {
            ProviderTokenResult.Valid { Token: var token } when IsOf(token, client, nonce) =>
                new ClaimsIdentity(token.Claims.Where(IsKept), "id_token", "preferred_username", "groups"),
            ProviderTokenResult.KeyUnknown => throw new ProviderUnavailableException("The key of the provider's ID token is not known."),
            _ => null,
        };
    }

    // OpenID Connect Core §3.1.3.7: azp, if present, is this client; the nonce is the request's. A logout token is not an ID token.
    private static bool IsOf(JsonWebToken token, string client, string? nonce) =>
        !string.IsNullOrEmpty(token.Subject)
        && (Claim(token, "azp") ?? client) == client
        && Claim(token, "events") is null
        && (nonce is null || Claim(token, "nonce") == nonce);

    private static string? Claim(JsonWebToken token, string type) => token.Claims.FirstOrDefault(claim => claim.Type == type)?.Value;

    private static bool IsKept(Claim claim) => claim.Type is "iss" or "sub" or "sid" or "name" or "preferred_username" or "groups";
}
