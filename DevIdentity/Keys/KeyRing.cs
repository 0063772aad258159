using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Keys;

/// <summary>
/// The realm's keys: one signs, the one before it still verifies, and an encryption key stands in the key set as on Keycloak, so
/// that clients choose by <c>kid</c> and <c>use</c>. They live as long as the process.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    // Only shown, so made when first asked for: a key costs a noticeable part of the start.
    private readonly Lazy<RsaKey> _encryption = new(() => new RsaKey("RSA-OAEP", "enc"));
    private readonly Lock _rotation = new();
    private RsaKey[] _signing = [new("RS256", "sig")];

    /// <summary>For what only this server reads: refresh tokens and the session cookie.</summary>
    public SealingKey Sealing { get; } = new();

    public RsaKey Current => Volatile.Read(ref _signing)[0];

    public RsaKey? Find(string? keyId) => Array.Find(Volatile.Read(ref _signing), key => key.Id == keyId);

    /// <summary>Signs with a new key from now on; the key that signed until now verifies until the next rotation.</summary>
    public RsaKey Rotate()
    {
        var next = new RsaKey("RS256", "sig");
        lock (_rotation) { Volatile.Write(ref _signing, [next, _signing[0]]); }
        return next;
    }

    public JsonObject PublicKeys() =>
        new() { ["keys"] = new JsonArray([_encryption.Value.PublicKey(), .. Volatile.Read(ref _signing).Select(key => key.PublicKey())]) };

    public void Dispose()
    {
        if (_encryption.IsValueCreated) { _encryption.Value.Dispose(); }
        foreach (var key in _signing) { key.Dispose(); }
    }
}
