using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Sessions and tokens that ended before their <c>exp</c>: a JWT stays valid by itself, so whoever learns of a sign-out must remember
/// it until the last token of that session has expired (OpenID Connect Back-Channel Logout §2.7).
/// </summary>
public sealed class Revocations
{
    internal const int Capacity = 50_000;

    // No access token of the realm lives longer than five minutes.
    internal static readonly TimeSpan LongestToken = TimeSpan.FromMinutes(10);

    private readonly ExpiringCache<string> _ended;
    private readonly TimeProvider _time;
    private Action<string> _revoked = _ => { };

    /// <summary>An empty list.</summary>
    /// <param name="time">The clock by which entries are forgotten.</param>
    public Revocations(TimeProvider time) => (_time, _ended) = (time, new ExpiringCache<string>(Capacity, time));

    /// <summary>Refuses every token of this session from now on.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    public void EndSession(string sessionId) => Tell($"sid:{sessionId}");

    /// <summary>Refuses this one token from now on, because the provider no longer knows it.</summary>
    /// <param name="token">The token.</param>
    public void Revoke(AccessToken token) => Tell(token.Hash);

    /// <summary>True when the caller's session has ended or the very token was revoked.</summary>
    /// <param name="caller">Who calls.</param>
    public bool Contains(Caller caller) =>
        _ended.TryGet(caller.Token.Hash, out _) || (caller.SessionId is { } sessionId && _ended.TryGet($"sid:{sessionId}", out _));

    /// <summary>Calls back with what was revoked here, for the other replicas.</summary>
    internal void OnRevoked(Action<string> callback) => _revoked += callback;

    /// <summary>Takes over what was revoked at another replica.</summary>
    internal void Learn(string entry) => _ended.Set(entry, entry, _time.GetUtcNow() + LongestToken);

    private void Tell(string entry)
    {
        Learn(entry);
        _revoked(entry);
    }
}
