using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Checks the token by which a provider says that a session has ended (OpenID Connect Back-Channel Logout 1.0 §2.6).</summary>
/// <param name="keys">The provider's keys.</param>
/// <param name="identity">The issuer to expect.</param>
/// <param name="time">The clock.</param>
internal sealed class LogoutTokenValidator(SigningKeys keys, IOptions<IdentityOptions> identity, TimeProvider time)
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private const int Longest = 8 * 1024;
    private const int RememberedTokens = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ExpiringCache<string> _seen = new(RememberedTokens, time);

    /// <summary>The session that has ended, or null when the token is not a good one for this client or was seen before.</summary>
    public async Task<LoggedOutSession?> ReadSessionAsync(string token, string client, CancellationToken cancellationToken)
    {
        if (token.Length > Longest) { return null; }

        await keys.EnsureAsync(TokenHeader.KeyId(token), cancellationToken);
        var result = await _handler.ValidateTokenAsync(token, Parameters(client));
        return result.IsValid ? Session(new ClaimsPrincipal(result.ClaimsIdentity)) : null;
    }

    private TokenValidationParameters Parameters(string client) => new()
    {
        ValidIssuer = identity.Value.Authority,
        ValidAudience = client,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidTypes = ["logout+jwt"],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = TokenLifetime.By(time),
        IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
    };

    private LoggedOutSession? Session(ClaimsPrincipal principal)
    {
        var claims = new TokenClaims(principal);
        // §2.4: the event must be there, a nonce must not, and a token counts once.
        if (claims.One("events") is not { } events || !HasLogoutEvent(events) || claims.One("nonce") is not null
            || claims.One("jti") is not { } id || claims.Time("exp") is not { } expires || _seen.TryGet(id, out _))
        {
            return null;
        }

        _seen.Set(id, id, expires + TokenLifetime.ClockSkew);
        return claims.One("sid") is { } sessionId ? new LoggedOutSession(sessionId, claims.One("sub")) : null;
    }

    private static bool HasLogoutEvent(string events)
    {
        try
        {
            using var document = JsonDocument.Parse(events);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(LogoutEvent, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
