using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// Issues transaction tokens: the trust domain's Txn-Token service. Its key is created at startup and never leaves the process; a restart
/// creates a new <c>kid</c>, which the receivers fetch.
/// </summary>
public sealed class TransactionTokenIssuer : IDisposable
{
    private static readonly Dictionary<string, object> Header = new() { [JwtHeaderParameterNames.Typ] = TransactionToken.Type };

    private readonly TrustDomain _domain;
    private readonly TimeProvider _time;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>Creates the key.</summary>
    /// <param name="domain">The trust domain.</param>
    /// <param name="time">The clock for <c>iat</c> and <c>exp</c>.</param>
    public TransactionTokenIssuer(TrustDomain domain, TimeProvider time)
    {
        _domain = domain;
        _time = time;
        var key = new ECDsaSecurityKey(_key) { KeyId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)) };
        _credentials = new SigningCredentials(key, TransactionToken.Algorithm);
    }

    /// <summary>The public key, for the key set (RFC 7517 §5).</summary>
    internal TransactionKey PublicKey => field ??= TransactionKey.Of(_credentials.Kid, _key);

    /// <summary>Issues a token that is valid for 60 seconds and restricts the delegation to these
    /// claims. Records the span <c>transaction_token</c>.</summary>
    /// <param name="claims">The person's request.</param>
    public string Issue(TransactionClaims claims)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.TransactionToken.Span);
        var now = _time.GetUtcNow();
        var payload = new TransactionToken.Payload
        {
            Issuer = _domain.Issuer,
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = now.Add(TransactionToken.Lifetime).ToUnixTimeSeconds(),
            Audience = _domain.Name,
            Id = Guid.CreateVersion7(now).ToString("N"),
            Subject = claims.Subject,
            SessionId = claims.SessionId,
            Scope = _domain.Scope,
            RequestingWorkload = _domain.Issuer,
            Act = new(claims.Actor.Value),
            Context = new OrderedDictionary<string, string>(claims.Context.Members),
        };
        TransactionTokenSpan.Describe(span, payload, claims.Context, result: "issued");
        return _handler.CreateToken(JsonSerializer.Serialize(payload, TransactionToken.Json), _credentials, Header);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
