using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Compares transaction tokens with the request. They only
/// restrict: no token grants anything by itself.</summary>
public sealed class TransactionTokenValidator
{
    private const int MaxTokenLength = 4096;
    private readonly TrustDomain _domain;
    private readonly TransactionKeys _keys;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters;

    internal TransactionTokenValidator(TrustDomain domain, TransactionKeys keys, TimeProvider time)
    {
        _domain = domain;
        _keys = keys;
        _time = time;
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = domain.Issuer,
            ValidAudience = domain.Name,
            // Type and algorithm are fixed here, not by the token (RFC 8725 §3.1, §3.11).
            ValidTypes = [TransactionToken.Type],
            ValidAlgorithms = [TransactionToken.Algorithm],
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
            LifetimeValidator = TokenLifetime.By(time),
            // With a known key the signature is checked first, so the claims of an expired token may be reported.
            IncludeTokenOnFailedValidation = true,
        };
    }

    /// <summary>Compares the token with the request. Records the span <c>transaction_token</c>.</summary>
    /// <param name="token">The value of the header, or null if there is none or more than one.</param>
    /// <param name="expected">The claims that match the request.</param>
    /// <param name="cancellationToken">Cancels the fetch of a new key.</param>
    public async Task<TransactionCheck> CheckAsync(string? token, TransactionClaims expected, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.TransactionToken.Span);
        var (check, payload) = await VerifyAsync(token, expected, cancellationToken);
        TransactionTokenSpan.Describe(span, payload, expected.Context, check.Result);
        return check;
    }

    private async Task<(TransactionCheck, TransactionToken.Payload?)> VerifyAsync(
        string? token, TransactionClaims expected, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token))
        {
            return (TransactionCheck.Missing, null);
        }
        if (token.Length > MaxTokenLength)
        {
            return (TransactionCheck.Invalid, null);
        }

        var keyId = TokenHeader.KeyId(token);
        await _keys.EnsureAsync(keyId, cancellationToken);
        // Without the key the signature is not checked, and the library would still check the lifetime.
        if (_keys.Find(keyId) is null)
        {
            return (TransactionCheck.Invalid, null);
        }

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (result.Exception is SecurityTokenExpiredException)
        {
            return (TransactionCheck.Expired, Read(result.TokenOnFailedValidation));
        }

        return result.IsValid && Read(result.SecurityToken) is { } payload
            ? (Compare(payload, expected), payload)
            : (TransactionCheck.Invalid, null);
    }

    private TransactionCheck Compare(TransactionToken.Payload payload, TransactionClaims expected)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)TokenLifetime.ClockSkew.TotalSeconds;
        if (payload.RequestingWorkload != _domain.Issuer || payload.Scope != _domain.Scope
            || payload is { Id: null or "" } or { IssuedAt: < 0 }
            || payload.IssuedAt > now + skew || payload.ExpiresAt - payload.IssuedAt > TransactionToken.Lifetime.TotalSeconds)
        {
            return TransactionCheck.Invalid;
        }

        return payload.Subject != expected.Subject ? TransactionCheck.Other("person")
            : payload.SessionId != expected.SessionId ? TransactionCheck.Other("session")
            : payload.Act?.Subject != expected.Actor.Value ? TransactionCheck.Other("actor")
            : Compare(payload.Context, expected.Context.Members);
    }

    private static TransactionCheck Compare(
        IReadOnlyDictionary<string, string>? granted, IReadOnlyList<KeyValuePair<string, string>> expected)
    {
        foreach (var (member, value) in expected)
        {
            if (granted?.GetValueOrDefault(member) != value)
            {
                return TransactionCheck.Other(member);
            }
        }

        // An unknown member may restrict the request further.
        return granted?.Count == expected.Count ? TransactionCheck.Agrees : TransactionCheck.Invalid;
    }

    private static TransactionToken.Payload? Read(SecurityToken? token)
    {
        try
        {
            return token is JsonWebToken { EncodedPayload: var payload }
                ? JsonSerializer.Deserialize<TransactionToken.Payload>(Base64Url.DecodeFromChars(payload), TransactionToken.Json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
