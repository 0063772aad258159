using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Validates what the provider signed: access tokens, ID tokens and logout tokens (RFC 8725 §3). The code that reads one kind of token
/// adds that kind's own checks.
/// </summary>
public sealed class ProviderTokens
{
    /// <summary>Longer tokens are rejected.</summary>
    internal const int MaxTokenLength = 16 * 1024;

    // 'none' and HMAC with a public key are the classic forgeries (RFC 8725 §3.1).
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly SigningKeys _keys;
    private readonly IOptions<IdentityOptions> _identity;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    internal ProviderTokens(SigningKeys keys, IOptions<IdentityOptions> identity, TimeProvider time)
    {
        _keys = keys;
        _identity = identity;
        _time = time;
    }

    /// <summary>Validates a token; fetches an unknown key first.</summary>
    /// <param name="token">The token, as received.</param>
    /// <param name="audience">The required audience.</param>
    /// <param name="cancellationToken">Cancels the wait for a key.</param>
    public async Task<ProviderTokenResult> ReadAsync(string token, string audience, CancellationToken cancellationToken)
    {
        if (token.Length > MaxTokenLength)
        {
            return new ProviderTokenResult.Refused();
        }

        var keyId = TokenHeader.KeyId(token);
        await _keys.EnsureAsync(keyId, cancellationToken);
        if (keyId is not null && _keys.Find(keyId) is null)
        {
            return new ProviderTokenResult.KeyUnknown();
        }

        return await _handler.ValidateTokenAsync(token, Rules(audience)) is { IsValid: true, SecurityToken: JsonWebToken valid }
            ? new ProviderTokenResult.Valid(valid)
            : new ProviderTokenResult.Refused();
    }

    /// <summary>All rules in one place, each with its reason.</summary>
    internal TokenValidationParameters Rules(string audience) => new()
    {
        // Only this issuer, compared as a string (RFC 9207 §2.4 on mix-up).
        ValidateIssuer = true,
        ValidIssuer = _identity.Value.Authority,

        // Only tokens whose audience is the reader.
        ValidateAudience = true,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidAudience = audience,

        ValidateLifetime = true,
        RequireExpirationTime = true,
        LifetimeValidator = TokenLifetime.By(_time),

        // With exactly the key that the token names; a token without a key id is rejected.
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        ValidAlgorithms = Algorithms,
        TryAllIssuerSigningKeys = false,
        IssuerSigningKeyResolver = (_, _, keyId, _) => _keys.Find(keyId) is { } key ? [key] : [],
    };
}
