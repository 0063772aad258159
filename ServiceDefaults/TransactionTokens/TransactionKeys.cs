using System.Buffers.Text;
using System.Collections.Frozen;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal sealed class TransactionKeyClient(HttpClient client)
{
    public Task<TransactionKeySet?> GetAsync(CancellationToken cancellationToken) =>
        client.GetFromJsonAsync<TransactionKeySet>(TransactionKeySet.Path, cancellationToken);
}

internal sealed record TransactionKeySet([property: JsonPropertyName("keys")] IReadOnlyList<TransactionKey> Keys)
{
    public const string Path = "/.well-known/jwks.json";
}

internal sealed record TransactionKey(
    [property: JsonPropertyName("kid")] string Kid,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y)
{
    [JsonPropertyName("kty")] public string Kty => "EC";

    [JsonPropertyName("use")] public string Use => "sig";

    [JsonPropertyName("alg")] public string Alg => TransactionToken.Algorithm;

    public static TransactionKey Of(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new TransactionKey(keyId, "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public SecurityKey ToSecurityKey() => new JsonWebKey { Kty = Kty, Kid = Kid, Crv = Curve, X = X, Y = Y };
}

/// <summary>The public keys of the Txn-Token service. An unknown <c>kid</c> fetches them again, at most once a second.</summary>
internal sealed partial class TransactionKeys(TransactionKeyClient client, TimeProvider time, ILogger<TransactionKeys> logger) : IDisposable
{
    private readonly RefetchGate _gate = new(time);
    private readonly PeerOutage _outage = new(time);
    private volatile FrozenDictionary<string, SecurityKey> _keys = FrozenDictionary<string, SecurityKey>.Empty;

    public SecurityKey? Find(string? keyId) => keyId is not null ? _keys.GetValueOrDefault(keyId) : null;

    /// <summary>Makes the key known if the service has it. A service that is away is no error here: the key just stays unknown.</summary>
    public async ValueTask EnsureAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (keyId is null || _keys.ContainsKey(keyId)) { return; }

        await _gate.FetchAsync(needless: () => _keys.ContainsKey(keyId), FetchAsync, cancellationToken);
    }

    public void Dispose() => _gate.Dispose();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var span = RefreshSpan.Start(TelemetryNames.Refresh.KeySetSpan);
        try
        {
            var set = await client.GetAsync(cancellationToken);
            var before = _keys;
            _keys = (set?.Keys ?? []).Where(key => key.Curve == "P-256").ToFrozenDictionary(key => key.Kid, key => key.ToSecurityKey(), StringComparer.Ordinal);
            if (!before.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(_keys.Keys)) { span.Changed(); }
            _outage.Answered();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Known keys keep working; an unknown one stays unknown, and the delegation is denied.
            span.Failed(exception);
            if (_outage.Failed()) { LogFetchFailed(exception.GetType().Name); }
        }
    }

    [LoggerMessage(EventName = "transaction_keys.fetch_failed", Level = LogLevel.Warning, Message = "Fetching the Txn-Token service's keys failed ({Error})")]
    private partial void LogFetchFailed(string error);
}
