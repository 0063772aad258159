using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace TraceDemo.Dashboard.KeyRing;

/// <summary>The framework's key manager, which also reloads when keys of another
/// replica have arrived; by itself it would within a day.</summary>
internal sealed class WatchedKeys : IKeyManager, IDisposable
{
    private readonly XmlKeyManager _keys;
    private CancellationTokenSource _current = new();

    public WatchedKeys(XmlKeyManager keys, SharedKeys shared)
    {
        _keys = keys;
        shared.Changed += Expire;
    }

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = _keys.CreateNewKey(activationDate, expirationDate);
        Expire();
        return key;
    }

    public IReadOnlyCollection<IKey> GetAllKeys() => _keys.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() => Volatile.Read(ref _current).Token;

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        _keys.RevokeKey(keyId, reason);
        Expire();
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        _keys.RevokeAllKeys(revocationDate, reason);
        Expire();
    }

    public void Dispose() => _current.Dispose();

    // Not disposed: holders of its token may still use it.
    private void Expire() => Interlocked.Exchange(ref _current, new CancellationTokenSource()).Cancel();
}
