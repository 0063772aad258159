using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Every check of an access token, each in one place with its reason (RFC 9068 §4, RFC 8725 §3).</summary>
internal sealed class BearerOptions(IOptions<IdentityOptions> identity, SigningKeys keys, TimeProvider time)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        var settings = identity.Value;
        options.EventsType = typeof(BearerEvents);
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        // Claims keep the names of the standard.
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            // Only this issuer, compared as a string (RFC 9207 §2.4 on mix-up).
            ValidateIssuer = true,
            ValidIssuer = settings.Authority,

            // Only tokens meant for this service; AudienceRule then refuses those meant for others too.
            ValidateAudience = true,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidAudience = settings.OwnAudience,

            ValidateLifetime = true,
            RequireExpirationTime = true,
            LifetimeValidator = TokenLifetime.By(time),

            // Asymmetric signatures only: 'none' and HMAC with a public key are the classic forgeries (RFC 8725 §3.1).
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],

            // An ID token, a logout token or a Txn-Token must never pass for an access token (RFC 8725 §3.11, RFC 9068 §4).
            ValidTypes = settings.AcceptJwtType ? ["at+jwt", "application/at+jwt", "JWT"] : ["at+jwt", "application/at+jwt"],
        };
    }
}
