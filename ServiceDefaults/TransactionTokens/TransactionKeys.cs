using System.Buffers.Text;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal sealed class TransactionKeyClient(HttpClient client)
{
    public Task<TransactionKeySet?> GetAsync(CancellationToken cancellationToken) =>
        client.GetFromJsonAsync<TransactionKeySet>("/.well-known/jwks.json", cancellationToken);
}

internal sealed record TransactionKeySet([property: JsonPropertyName("keys")] IReadOnlyList<TransactionKey> Keys);

internal sealed record TransactionKey(
    [property: JsonPropertyName("kid")] string Kid,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y)
{
    public ECDsa Import() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
    });
}

/// <summary>The public keys of the Txn-Token service. An unknown <c>kid</c> fetches them again, at most once a second.</summary>
internal sealed partial class TransactionKeys(TransactionKeyClient client, TimeProvider time, ILogger<TransactionKeys> logger) : IDisposable
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile FrozenDictionary<string, ECDsa> _keys = FrozenDictionary<string, ECDsa>.Empty;
    private long? _lastFetch;

    public async ValueTask<ECDsa?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(keyId, out var known)) { return known; }

        await _fetching.WaitAsync(cancellationToken);
        try
        {
            var recent = _lastFetch is { } last && time.GetElapsedTime(last) < MinimumInterval;
            if (!recent && !_keys.ContainsKey(keyId)) { await FetchAsync(cancellationToken); }
        }
        finally
        {
            _fetching.Release();
        }

        return _keys.GetValueOrDefault(keyId);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values) { key.Dispose(); }
        _fetching.Dispose();
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        // A root of its own: fetching keys is no part of the trace of whoever came first.
        Activity.Current = null;
        try
        {
            var set = await client.GetAsync(cancellationToken);
            _keys = (set?.Keys ?? []).Where(key => key.Curve == "P-256").ToFrozenDictionary(key => key.Kid, key => key.Import(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Known keys keep working; an unknown one stays unknown, and the delegation is denied.
            LogFetchFailed(exception.GetType().Name);
        }
        finally
        {
            // From the end: who waited while the service stayed silent must not wait for it again, one after the other.
            _lastFetch = time.GetTimestamp();
        }
    }

    [LoggerMessage(EventName = "transaction_keys.fetch_failed", Level = LogLevel.Warning, Message = "Fetching the Txn-Token service's keys failed ({Error})")]
    private partial void LogFetchFailed(string error);
}
