using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Checks what the provider signed: access tokens, ID tokens and logout tokens alike (RFC 8725 §3). What only one kind of token must
/// satisfy is checked where that kind is read.
/// </summary>
public sealed class ProviderTokens
{
    /// <summary>More than this is no token of the provider's.</summary>
    internal const int Longest = 16 * 1024;

    // 'none' and HMAC with a public key are the classic forgeries (RFC 8725 §3.1).
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly SigningKeys _keys;
    private readonly IOptions<IdentityOptions> _identity;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    internal ProviderTokens(SigningKeys keys, IOptions<IdentityOptions> identity, TimeProvider time) =>
        (_keys, _identity, _time) = (keys, identity, time);

    /// <summary>Reads a token; a key that is not known yet is fetched first.</summary>
    /// <param name="token">The token, as it arrived.</param>
    /// <param name="audience">Who it must be meant for.</param>
    /// <param name="cancellationToken">Ends the waiting for a key.</param>
    public async Task<ProviderTokenResult> ReadAsync(string token, string audience, CancellationToken cancellationToken)
    {
        if (token.Length > Longest) { return new ProviderTokenResult.Refused(); }

        var keyId = TokenHeader.KeyId(token);
        await _keys.EnsureAsync(keyId, cancellationToken);
        if (keyId is not null && _keys.Find(keyId) is null) { return new ProviderTokenResult.KeyUnknown(); }

        return await _handler.ValidateTokenAsync(token, Rules(audience)) is { IsValid: true, SecurityToken: JsonWebToken valid }
            ? new ProviderTokenResult.Valid(valid)
            : new ProviderTokenResult.Refused();
    }

    /// <summary>Each rule in this one place, with its reason.</summary>
    internal TokenValidationParameters Rules(string audience) => new()
    {
        // Only this issuer, compared as a string (RFC 9207 §2.4 on mix-up).
        ValidateIssuer = true,
        ValidIssuer = _identity.Value.Authority,

        // Only what is meant for whoever reads it.
        ValidateAudience = true,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidAudience = audience,

        ValidateLifetime = true,
        RequireExpirationTime = true,
        LifetimeValidator = TokenLifetime.By(_time),

        // By the very key that the token names; a token that names none is nobody's.
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        ValidAlgorithms = Algorithms,
        TryAllIssuerSigningKeys = false,
        IssuerSigningKeyResolver = (_, _, keyId, _) => _keys.Find(keyId) is { } key ? [key] : [],
    };
}
