using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Caching;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Tokens that passed every check, by the hash of the raw token, so that a repeated token costs a hash and a look-up instead of an
/// RSA operation. An entry lives at most a minute and never past <c>exp</c>; a change of the provider's keys empties the cache.
/// </summary>
internal sealed class ValidatedTokens
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ExpiringMap<Caller> _callers;
    private readonly TimeProvider _time;

    private readonly SigningKeys _keys;

    public ValidatedTokens(SigningKeys keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
        _callers = new ExpiringMap<Caller>(new MapBounds { Entries = Capacity }, time);
        keys.OnChanged(Clear);
    }

    public Caller? Find(ReadOnlySpan<char> token) => _callers.TryGet(AccessToken.HashOf(token), out var caller) ? caller : null;

    /// <summary>Adds a token that this key has signed, unless the key has been replaced or removed meanwhile.</summary>
    public void Add(Caller caller, SecurityKey? key)
    {
        var latest = _time.GetUtcNow() + Longest;
        _callers.Set(caller.Token.Hash, caller, caller.ExpiresAt < latest ? caller.ExpiresAt : latest);
        // After the token was added: keys that change later empty the cache themselves.
        if (!ReferenceEquals(_keys.Find(key?.KeyId), key))
        {
            _callers.TryTake(caller.Token.Hash, out _);
        }
    }

    public void Clear() => _callers.Clear();
}
