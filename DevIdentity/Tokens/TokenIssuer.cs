using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>Creates and signs tokens with the same claims as Keycloak.</summary>
internal sealed class TokenIssuer(Realm realm, Issuer issuer, KeyRing keys, TimeProvider time)
{
    private static readonly TimeSpan LogoutTokenLifespan = TimeSpan.FromSeconds(120);

    public int AccessTokenSeconds(TokenSubject subject) => Seconds(subject, realm.AccessTokenLifespanOf(subject.Client));

    public int RefreshTokenSeconds(TokenSubject subject) => Seconds(subject, realm.SessionIdle);

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public string AccessToken(AccessTokenRequest request)
    {
        var subject = request.Subject;
        var mapped = subject.Map(TokenKind.Access);
        var audience = request.Audience is null ? mapped.Audience.ToArray() : [.. request.Audience];
        var claims = Registered(subject, "Bearer", AccessTokenSeconds(subject), Audience(audience));
        claims["scope"] = subject.Scopes.InToken;
        Merge(claims, mapped.Claims);
        if (request.Act is not null)
        {
            claims["act"] = request.Act;
        }
        return Sign(claims, subject.Client.IsRfc9068 ? "at+jwt" : "JWT");
    }

    public string IdToken(TokenSubject subject, string? nonce, string? accessToken)
    {
        var claims = Registered(subject, "ID", AccessTokenSeconds(subject), JsonValue.Create(subject.Client.Id));
        claims["sub"] = subject.User.Subject;
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }
        // OpenID Connect Core §3.1.3.6: the left half of the access token's hash.
        if (accessToken is not null)
        {
            claims["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));
        }
        Merge(claims, subject.Map(TokenKind.Id).Claims);
        return Sign(claims, "JWT");
    }

    /// <summary>Read by this server only, so signed with a symmetric key.</summary>
    public string RefreshToken(TokenSubject subject, string tokenId, string login)
    {
        var claims = Registered(subject, "Refresh", RefreshTokenSeconds(subject), JsonValue.Create(issuer.Value));
        claims["jti"] = tokenId;
        claims["sub"] = subject.User.Subject;
        claims["scope"] = subject.Scopes.All;
        if (Audience([.. subject.Map(TokenKind.Access).Audience]) is { } audience)
        {
            claims["aud_x"] = audience;
        }
        claims["prov"] = "default";
        claims["reuse_id"] = login;
        return JsonWebSignature.Write(
            new JsonObject { ["alg"] = "HS512", ["typ"] = "JWT", ["kid"] = keys.Sealing.Id }, claims, keys.Sealing.Sign);
    }

    /// <summary>OpenID Connect Back-Channel Logout §2.4.</summary>
    public string LogoutToken(string clientId, string subject, string sessionId)
    {
        var now = Now;
        var claims = new JsonObject
        {
            ["exp"] = now + (long)LogoutTokenLifespan.TotalSeconds,
            ["iat"] = now,
            ["jti"] = NewId(),
            ["iss"] = issuer.Value,
            ["aud"] = clientId,
            ["sub"] = subject,
            ["typ"] = "Logout",
            ["sid"] = sessionId,
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        return Sign(claims, "logout+jwt");
    }

    public static string NewId() => Guid.NewGuid().ToString();

    private JsonObject Registered(TokenSubject subject, string type, int seconds, JsonNode? audience)
    {
        var now = Now;
        var claims = new JsonObject { ["exp"] = now + seconds, ["iat"] = now, ["jti"] = NewId(), ["iss"] = issuer.Value };
        if (audience is not null)
        {
            claims["aud"] = audience;
        }
        claims["typ"] = type;
        claims["azp"] = subject.Client.Id;
        if (subject.Session is not null)
        {
            claims["sid"] = subject.Session.Id;
        }
        return claims;
    }

    /// <summary>No token outlives its session.</summary>
    private int Seconds(TokenSubject subject, TimeSpan lifespan)
    {
        var rest = subject.Session is { } session ? session.Started + realm.SessionMax - time.GetUtcNow() : TimeSpan.MaxValue;
        return (int)(rest < lifespan ? rest : lifespan).TotalSeconds;
    }

    private string Sign(JsonObject claims, string type)
    {
        var key = keys.Current;
        return JsonWebSignature.Write(new JsonObject { ["alg"] = "RS256", ["typ"] = type, ["kid"] = key.Id }, claims, key.Sign);
    }

    /// <summary>RFC 7519 §4.1.3: one audience is a string, several are an array, none is no claim.</summary>
    private static JsonNode? Audience(string[] audience) => audience switch
    {
        [] => null,
        [var single] => JsonValue.Create(single),
        _ => new JsonArray([.. audience.Select(value => JsonValue.Create(value))]),
    };

    private static void Merge(JsonObject claims, JsonObject mapped)
    {
        foreach (var (name, value) in mapped)
        {
            claims[name] = value?.DeepClone();
        }
    }
}
