using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Keys;

/// <summary>
/// The realm's keys: one signs, the previous one still verifies, and the key set contains an encryption key as in Keycloak, so
/// that clients must select by <c>kid</c> and <c>use</c>. They live as long as the process.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    // Only published, so generated on first use: a key takes a noticeable part of the startup time.
    private readonly Lazy<RsaKey> _encryption = new(() => new RsaKey("RSA-OAEP", "enc"));
    private readonly Lock _lock = new();
    private RsaKey[] _signing = [new("RS256", "sig")];

    /// <summary>For data that only this server reads: refresh tokens and the session cookie.</summary>
    public SealingKey Sealing { get; } = new();

    public RsaKey Current => Volatile.Read(ref _signing)[0];

    public RsaKey? Find(string? keyId) => Array.Find(Volatile.Read(ref _signing), key => key.Id == keyId);

    /// <summary>Signs with a new key from now on; the previous key verifies until the next rotation.</summary>
    public RsaKey Rotate()
    {
        var next = new RsaKey("RS256", "sig");
        lock (_lock)
        {
            Volatile.Write(ref _signing, [next, _signing[0]]);
        }
        return next;
    }

    public JsonObject PublicKeys() =>
        new() { ["keys"] = new JsonArray([_encryption.Value.PublicKey(), .. Volatile.Read(ref _signing).Select(key => key.PublicKey())]) };

    public void Dispose()
    {
        if (_encryption.IsValueCreated)
        {
            _encryption.Value.Dispose();
        }
        foreach (var key in _signing)
        {
            key.Dispose();
        }
    }
}
