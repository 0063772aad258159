using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Checks what the provider signed for this client: ID tokens and logout tokens.</summary>
internal sealed class ProviderTokens(Provider provider, IOptions<SignInOptions> options, TimeProvider time)
{
    private const int MaxLength = 16 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private static readonly string[] Algorithms = [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>The token, or null if its signature, issuer, audience, lifetime or algorithm is wrong.</summary>
    public async Task<JsonWebToken?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxLength) { return null; }

        var result = await _handler.ValidateTokenAsync(token, Parameters(await provider.MetadataAsync(cancellationToken)));
        // The provider may have a key that it did not have before.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await _handler.ValidateTokenAsync(token, Parameters(await provider.RefreshAsync(cancellationToken)));
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? valid : null;
    }

    /// <summary>Who an ID token speaks of; null unless it was made for this client and, where given, for this very sign-in.</summary>
    public async Task<ClaimsIdentity?> IdentityAsync(string idToken, string? nonce, CancellationToken cancellationToken)
    {
        var token = await ValidateAsync(idToken, cancellationToken);
        // OpenID Connect Core §3.1.3.7: azp, where present, is this client; the
        // nonce is the one of the request. A logout token is no ID token.
        if (token is null || (Claim(token, "azp") ?? options.Value.ClientId) != options.Value.ClientId
            || Claim(token, "events") is not null)
        {
            return null;
        }
        if (nonce is not null && Claim(token, "nonce") != nonce) { return null; }
        return string.IsNullOrEmpty(token.Subject)
            ? null
            : new ClaimsIdentity(token.Claims.Where(IsKept), "id_token", "preferred_username", "groups");
    }

    public static string? Claim(JsonWebToken token, string type) => token.Claims.FirstOrDefault(claim => claim.Type == type)?.Value;

    private static bool IsKept(Claim claim) => claim.Type is "iss" or "sub" or "sid" or "name" or "preferred_username" or "groups";

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration metadata) => new()
    {
        ValidIssuer = metadata.Issuer,
        ValidAudience = options.Value.ClientId,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        IssuerSigningKeys = metadata.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidAlgorithms = Algorithms,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
    };

    // The library's own check reads the system clock.
    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now - ClockSkew && (notBefore is null || notBefore <= now + ClockSkew);
    }
}
