using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Validates the provider's logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.6).</summary>
public sealed class LogoutTokenValidator
{
    private const string LogoutType = "logout+jwt";
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private const int MaxTokenLength = 8 * 1024;
    private const int MaxIdLength = 256;
    private const int RememberedTokens = 10_000;

    // §4: an old token must not be usable by whoever obtains it.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly ProviderTokens _tokens;
    private readonly TimeProvider _time;
    private readonly ExpiringMap<bool> _seen;

    internal LogoutTokenValidator(ProviderTokens tokens, TimeProvider time)
    {
        _tokens = tokens;
        _time = time;
        _seen = new ExpiringMap<bool>(new MapBounds { Entries = RememberedTokens }, time);
    }

    /// <summary>The session or person that was signed out; null if the token is not valid for this client, or was used before.</summary>
    /// <param name="token">The token, as received.</param>
    /// <param name="client">The client of the sessions.</param>
    /// <param name="cancellationToken">Cancels the wait for a key.</param>
    public async Task<LoggedOutSession?> ReadSessionAsync(string token, string client, CancellationToken cancellationToken) =>
        token.Length <= MaxTokenLength
        && await _tokens.ReadAsync(token, client, cancellationToken) is ProviderTokenResult.Valid { Token: var valid }
        && valid.Typ == LogoutType
            ? Session(valid)
            : null;

    private LoggedOutSession? Session(JsonWebToken token)
    {
        // The nonce is forbidden, so that an ID token is never accepted as a logout token.
        var claims = new TokenClaims(new ClaimsPrincipal(new ClaimsIdentity(token.Claims)));
        if (claims.One("events") is not { } events || !HasLogoutEvent(events) || token.TryGetPayloadValue<object>("nonce", out _))
        {
            return null;
        }

        var session = new LoggedOutSession(claims.One("sid"), claims.One("sub"));
        return (session.Id ?? session.Subject) is not null && IsFirst(claims) ? session : null;
    }

    /// <summary>A token is accepted once, and soon after it was issued: this also limits how long it must be remembered.</summary>
    private bool IsFirst(TokenClaims claims)
    {
        var now = _time.GetUtcNow();
        return claims.Time("exp") is not null && claims.Time("iat") is { } issued
            && issued <= now + TokenLifetime.ClockSkew && now - issued <= MaxAge
            && claims.One("jti") is { Length: <= MaxIdLength } id
            && _seen.TryAdd(id, true, issued + MaxAge + TokenLifetime.ClockSkew);
    }

    private static bool HasLogoutEvent(string events)
    {
        try
        {
            using var document = JsonDocument.Parse(events);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(LogoutEvent, out var value) && value.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
