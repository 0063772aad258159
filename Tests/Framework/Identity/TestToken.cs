using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>A token to sign: start from <see cref="Person"/> and change one property by <c>with</c>.</summary>
internal sealed record TestToken
{
    public string Type { get; init; } = "at+jwt";

    /// <summary>Keycloak's claim <c>typ</c>.</summary>
    public string? TypeClaim { get; init; }

    public string Algorithm { get; init; } = "RS256";

    public string? KeyId { get; init; }

    public string? Issuer { get; init; }

    public object? Audience { get; init; } = "gateway";

    public string? Client { get; init; } = "tracedemo-cli";

    public string? Subject { get; init; } = "alice-id";

    public string? SessionId { get; init; } = "alice-session";

    public string? UserName { get; init; } = "alice";

    public string? ClientIdClaim { get; init; }

    public string Scope { get; init; } = "openid profile";

    public IReadOnlyList<string> Groups { get; init; } = ["/engineering", "/finance"];

    public string? Actor { get; init; }

    /// <summary>The event of a logout token.</summary>
    public string? Events { get; init; }

    public object EventValue { get; init; } = new { };

    public string? Nonce { get; init; }

    public string? TokenId { get; init; } = Guid.NewGuid().ToString();

    public TimeSpan Age { get; init; } = TimeSpan.Zero;

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(120);

    public static TestToken Person { get; } = new();

    public static TestToken Service(string client, string audience, string scope) => new()
    {
        Client = client,
        Audience = audience,
        Subject = $"{client}-account",
        SessionId = null,
        UserName = $"service-account-{client}",
        ClientIdClaim = client,
        Scope = $"profile {scope}",
        Groups = [],
    };

    public string Sign(RSA key, string keyId, string issuer, DateTimeOffset now)
    {
        Dictionary<string, object?> header = new() { ["alg"] = Algorithm, ["typ"] = Type, ["kid"] = KeyId ?? keyId };
        Dictionary<string, object?> claims = new()
        {
            ["iss"] = Issuer ?? issuer,
            ["aud"] = Audience,
            ["sub"] = Subject,
            ["azp"] = Client,
            ["sid"] = SessionId,
            ["preferred_username"] = UserName,
            ["client_id"] = ClientIdClaim,
            ["scope"] = Scope,
            ["groups"] = Groups,
            ["typ"] = TypeClaim,
            ["events"] = Events is null ? null : new Dictionary<string, object> { [Events] = EventValue },
            ["nonce"] = Nonce,
            ["act"] = Actor is null ? null : new { sub = Actor },
            ["jti"] = TokenId,
            ["iat"] = (now - Age).ToUnixTimeSeconds(),
            ["exp"] = (now - Age + Lifetime).ToUnixTimeSeconds(),
        };
        var input = $"{Encode(header)}.{Encode(claims.Where(claim => claim.Value is not null).ToDictionary())}";
        return $"{input}.{Base64Url.EncodeToString(Signature(key, Encoding.ASCII.GetBytes(input)))}";
    }

    private byte[] Signature(RSA key, byte[] input) => Algorithm switch
    {
        "none" => [],
        // The classic forgery: the public key, which everybody has, as an HMAC secret.
        "HS256" => HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), input),
        "RS512" => key.SignData(input, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        _ => key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
