using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Authentication;

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

/// <summary>The public keys of the Txn-Token service. Without the key of a token the delegation is denied.</summary>
internal sealed partial class TransactionKeys(TransactionKeyClient client, TimeProvider time, ILogger<TransactionKeys> logger) : FetchedKeys(time)
{
    protected override async Task<IEnumerable<SecurityKey>> ReadAsync(CancellationToken cancellationToken) =>
        ((await client.GetAsync(cancellationToken))?.Keys ?? []).Where(key => key.Curve == "P-256").Select(key => key.ToSecurityKey());

    protected override void OnChanged(int count) => LogChanged(count);

    protected override void OnFailed(Exception failure) => LogFetchFailed(failure.GetType().Name);

    [LoggerMessage(EventName = "transaction_keys.changed", Level = LogLevel.Debug, Message = "The Txn-Token service signs with {Count} keys")]
    private partial void LogChanged(int count);

    [LoggerMessage(EventName = "transaction_keys.fetch_failed", Level = LogLevel.Warning, Message = "Fetching the Txn-Token service's keys failed ({Error})")]
    private partial void LogFetchFailed(string error);
}
