using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// Issues transaction tokens: the trust domain's Txn-Token service, which is user-service. Its key is made at start and never leaves
/// the process; a new start brings a new <c>kid</c>, which the receivers fetch.
/// </summary>
public sealed class TransactionTokenIssuer(TimeProvider time) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keyId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    /// <summary>The public half, for the key set (RFC 7517 §5).</summary>
    internal TransactionKey PublicKey => field ??= TransactionKey.Of(_keyId, _key);

    /// <summary>A token that lives 60 seconds and narrows the delegation to these claims. Leaves the span <c>transaction_token</c>.</summary>
    /// <param name="claims">What the person asked for.</param>
    public string Issue(TransactionClaims claims)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.TransactionToken.Span);
        var now = time.GetUtcNow();
        var payload = new TransactionToken.Payload
        {
            Issuer = TransactionToken.Workload,
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = now.Add(TransactionToken.Lifetime).ToUnixTimeSeconds(),
            Audience = TransactionToken.TrustDomain,
            Id = Guid.CreateVersion7(now).ToString("N"),
            Subject = claims.Subject,
            SessionId = claims.SessionId,
            Scope = TransactionToken.Scope,
            RequestingWorkload = TransactionToken.Workload,
            Act = new(claims.Actor.Value),
            Context = new(claims.Agent.Value, claims.Document.Value, claims.Action),
        };
        TransactionTokenSpan.Describe(span, payload, result: "issued");
        return Sign(new(TransactionToken.Algorithm, TransactionToken.Type, _keyId), payload);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal string Sign(TransactionToken.JoseHeader header, TransactionToken.Payload payload)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private static string Encode<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, TransactionToken.Json));
}
