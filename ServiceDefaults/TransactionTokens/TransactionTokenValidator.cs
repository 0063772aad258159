using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Checks transaction tokens against what is about to happen. It only
/// narrows: no token makes anything possible by itself.</summary>
public sealed class TransactionTokenValidator
{
    private const int Longest = 4096;
    private readonly TransactionKeys _keys;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters;

    internal TransactionTokenValidator(TransactionKeys keys, TimeProvider time)
    {
        (_keys, _time) = (keys, time);
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = TransactionToken.Workload,
            ValidAudience = TransactionToken.TrustDomain,
            // Type and algorithm are fixed here, not by the token (RFC 8725 §3.1, §3.11).
            ValidTypes = [TransactionToken.Type],
            ValidAlgorithms = [TransactionToken.Algorithm],
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
            LifetimeValidator = TokenLifetime.By(time),
            // With a known key the signature comes first, so what an expired token says may be told.
            IncludeTokenOnFailedValidation = true,
        };
    }

    /// <summary>Compares the token with the delegation at hand. Leaves the span <c>transaction_token</c>.</summary>
    /// <param name="token">The value of the header, or null when there was none or more than one.</param>
    /// <param name="expected">What is about to happen.</param>
    /// <param name="cancellationToken">Ends the fetching of a new key.</param>
    public async Task<GrantVerdict> CheckAsync(string? token, TransactionClaims expected, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.TransactionToken.Span);
        var (verdict, payload) = await VerifyAsync(token, expected, cancellationToken);
        TransactionTokenSpan.Describe(span, payload, verdict.Result);
        return verdict;
    }

    private async Task<(GrantVerdict, TransactionToken.Payload?)> VerifyAsync(
        string? token, TransactionClaims expected, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token)) { return (GrantVerdict.Not("missing"), null); }
        if (token.Length > Longest) { return (GrantVerdict.Not("invalid"), null); }

        var keyId = TokenHeader.KeyId(token);
        await _keys.EnsureAsync(keyId, cancellationToken);
        // Without the key no signature is checked, and the library would still look at the lifetime.
        if (_keys.Find(keyId) is null) { return (GrantVerdict.Not("invalid"), null); }

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (result.Exception is SecurityTokenExpiredException)
        {
            return (GrantVerdict.Not("expired"), Read(result.TokenOnFailedValidation));
        }

        return result.IsValid && Read(result.SecurityToken) is { } payload
            ? (Compare(payload, expected), payload)
            : (GrantVerdict.Not("invalid"), null);
    }

    private GrantVerdict Compare(TransactionToken.Payload payload, TransactionClaims expected)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)TokenLifetime.ClockSkew.TotalSeconds;
        return payload switch
        {
            { RequestingWorkload: not TransactionToken.Workload } or { Scope: not TransactionToken.Scope } or { Id: null or "" }
                or { IssuedAt: < 0 } => GrantVerdict.Not("invalid"),
            _ when payload.IssuedAt > now + skew || payload.ExpiresAt - payload.IssuedAt > TransactionToken.Lifetime.TotalSeconds =>
                GrantVerdict.Not("invalid"),
            _ when payload.Subject != expected.Subject => GrantVerdict.Not("other_person"),
            _ when payload.SessionId != expected.SessionId => GrantVerdict.Not("other_session"),
            _ when payload.Act?.Subject != expected.Actor.Value || payload.Context?.Agent != expected.Agent.Value =>
                GrantVerdict.Not("other_agent"),
            _ when payload.Context?.Document != expected.Document.Value => GrantVerdict.Not("other_document"),
            _ when payload.Context?.Action != expected.Action => GrantVerdict.Not("other_action"),
            _ => GrantVerdict.Given,
        };
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
