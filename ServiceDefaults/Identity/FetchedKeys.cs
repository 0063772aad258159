using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Another party's public keys, by key id. An unknown id triggers a fetch, at most once a second, so that a rotation is detected
/// immediately and made-up ids cost little; known keys remain valid while the party is unavailable.
/// </summary>
internal abstract class FetchedKeys : IDisposable
{
    // Longer than a service client's timeout. All callers share a fetch, so a party that
    // stalls in the middle of its response must not block it forever.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly RefetchGate _gate;
    private readonly PeerLook _look;
    private volatile FrozenDictionary<string, SecurityKey> _keys = FrozenDictionary<string, SecurityKey>.Empty;

    protected FetchedKeys(TimeProvider time) =>
        (_time, _gate, _look) = (time, new RefetchGate(time), new PeerLook(TelemetryNames.Refresh.KeySetSpan, time, OnFailed));

    public SecurityKey? Find(string? keyId) => keyId is not null ? _keys.GetValueOrDefault(keyId) : null;

    /// <summary>Fetches the key if it is unknown. An unavailable party is not an error here: the key remains unknown.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="cancellationToken">Cancels the wait, not the fetch.</param>
    public async ValueTask EnsureAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (keyId is null || Find(keyId) is not null)
        {
            return;
        }

        await _gate.FetchAsync(needless: () => Find(keyId) is not null, FetchAsync, cancellationToken);
    }

    /// <summary>Fetches the keys again, at most once a second.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => _gate.FetchAsync(needless: () => false, FetchAsync, cancellationToken);

    public void Dispose() => _gate.Dispose();

    /// <summary>The current keys, each with its id.</summary>
    protected abstract Task<IEnumerable<SecurityKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The set of known keys has changed.</summary>
    protected abstract void OnChanged(int count);

    /// <summary>The party does not respond, or not with keys.</summary>
    protected abstract void OnFailed(Exception failure);

    private Task FetchAsync(CancellationToken cancellationToken) => _look.RunAsync(async cancellation =>
    {
        using var patience = new CancellationTokenSource(Longest, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var keys = (await ReadAsync(limit.Token)).GroupBy(key => key.KeyId, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var before = _keys;
        _keys = keys;
        if (Thumbprints(before).SetEquals(Thumbprints(keys)))
        {
            return false;
        }

        OnChanged(keys.Count);
        return true;
    }, cancellationToken);

    // By content too (RFC 7638): a key may be replaced under its id.
    private static HashSet<string> Thumbprints(IReadOnlyDictionary<string, SecurityKey> keys) =>
        keys.Select(key => $"{key.Key} {Convert.ToHexString(key.Value.ComputeJwkThumbprint())}").ToHashSet(StringComparer.Ordinal);
}
