using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Sessions and tokens that ended before their <c>exp</c>: a JWT stays valid by itself, so whoever learns of a sign-out must remember
/// it until the last token of that session has expired (OpenID Connect Back-Channel Logout §2.7). An entry is the name of something that a
/// token bears, such as <c>sid:…</c>; <see cref="Find"/> asks for each name that a token has.
/// </summary>
public sealed class Revocations
{
    // No access token of the realm lives longer than five minutes.
    internal static readonly TimeSpan LongestToken = TimeSpan.FromMinutes(10);

    private readonly RevocationList _list;
    private readonly TimeProvider _time;
    private Action<Revocation> _revoked = _ => { };

    /// <summary>An empty list.</summary>
    /// <param name="time">The clock by which entries are forgotten.</param>
    /// <param name="logger">Is told when the list becomes coarser.</param>
    public Revocations(TimeProvider time, ILogger<Revocations> logger) =>
        (_list, _time) = (new RevocationList(LongestToken, time, logger), time);

    /// <summary>
    /// Not null while more was revoked than the list holds: then every token issued until this moment is refused, because it may be one
    /// of a session that has ended.
    /// </summary>
    public DateTimeOffset? RefusedUntil => _list.RefusedUntil;

    /// <summary>Refuses every token of this session from now on.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    /// <param name="subject">Whose session it is, by <c>sub</c>; null where nobody knows.</param>
    public void EndSession(string sessionId, string? subject) => Add(Revocation.SessionName(sessionId), subject);

    /// <summary>Refuses this one token from now on, because the provider no longer knows it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="subject">Whose token it is, by <c>sub</c>.</param>
    public void Revoke(AccessToken token, string subject) => Add(token.Hash, subject);

    /// <summary>By what a token is refused.</summary>
    /// <param name="token">The token.</param>
    /// <param name="sessionId">Its <c>sid</c>, if any.</param>
    /// <param name="subject">Its <c>sub</c>.</param>
    /// <param name="issuedAt">Its <c>iat</c>.</param>
    public RevokedBy Find(AccessToken token, string? sessionId, string subject, DateTimeOffset issuedAt)
    {
        if (_list.Contains(token.Hash) || (sessionId is not null && _list.Contains(Revocation.SessionName(sessionId))))
        {
            return RevokedBy.Name;
        }
        if (issuedAt <= _list.RefusedUntilOf(Revocation.OwnerOf(subject)) + TokenLifetime.ClockSkew) { return RevokedBy.PersonsMoment; }

        return issuedAt <= RefusedUntil + TokenLifetime.ClockSkew ? RevokedBy.EverybodysMoment : RevokedBy.Nothing;
    }

    /// <summary>Calls back with what was revoked here, for the other replicas.</summary>
    internal void OnRevoked(Action<Revocation> callback) => _revoked += callback;

    /// <summary>Takes over what was revoked at another replica.</summary>
    internal void Learn(Revocation revoked) => _list.Add(revoked);

    private void Add(string name, string? subject) =>
        _revoked(_list.Add(new Revocation(name, Revocation.OwnerOf(subject), _time.GetUtcNow())));
}
