using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Sessions and tokens that ended before their <c>exp</c>: a JWT remains valid by itself, so a service that learns of a sign-out must
/// remember it until the session's last token has expired (OpenID Connect Back-Channel Logout §2.7). An entry is a name that a
/// token carries, such as <c>sid:…</c>; <see cref="Find"/> looks up each name of a token.
/// </summary>
public sealed class Revocations
{
    // No access token of the realm is valid for more than five minutes.
    internal static readonly TimeSpan MaxTokenLifetime = TimeSpan.FromMinutes(10);

    private readonly RevocationList _list;
    private readonly TimeProvider _time;

    /// <summary>An empty list.</summary>
    /// <param name="time">The clock for expiry.</param>
    /// <param name="logger">Logs when the list becomes coarser.</param>
    public Revocations(TimeProvider time, ILogger<Revocations> logger)
    {
        _list = new RevocationList(MaxTokenLifetime, time, logger);
        _time = time;
    }

    /// <summary>
    /// Not null after the list has overflowed: then every token issued until this time is refused, because it may belong to
    /// a session that has ended.
    /// </summary>
    public DateTimeOffset? Cutoff => _list.Cutoff;

    /// <summary>Refuses every token of this session from now on.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    /// <param name="subject">The session's person, by <c>sub</c>; null if unknown.</param>
    public void EndSession(string sessionId, string? subject) => End(new LoggedOutSession(sessionId, subject));

    /// <summary>Refuses every token of this session from now on, or of the person if the provider names no session (OpenID Connect
    /// Back-Channel Logout §2.4: a logout token with <c>sub</c> only ends all the person's sessions).</summary>
    /// <param name="session">The session that the provider has ended.</param>
    /// <exception cref="ArgumentException">The session has neither an id nor a person.</exception>
    public void End(LoggedOutSession session)
    {
        // Without a name and an owner, a revocation applies to everyone.
        if (session.Id is null && string.IsNullOrEmpty(session.Subject))
        {
            throw new ArgumentException("The session has neither an id nor a person.", nameof(session));
        }

        Add(session.Id is { } id ? Revocation.SessionName(id) : null, session.Subject);
    }

    /// <summary>Refuses this one token from now on, because the provider no longer accepts it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="subject">The token's person, by <c>sub</c>.</param>
    public void Revoke(AccessToken token, string subject) => Add(token.Hash, subject);

    /// <summary>Why a token is refused, if it is.</summary>
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
        if (issuedAt <= _list.CutoffOf(Revocation.OwnerOf(subject)) + TokenLifetime.ClockSkew)
        {
            return RevokedBy.PersonCutoff;
        }

        return issuedAt <= Cutoff + TokenLifetime.ClockSkew ? RevokedBy.GlobalCutoff : RevokedBy.Nothing;
    }

    /// <summary>A revocation was made here; the other replicas must be notified.</summary>
    internal event Action<Revocation>? Revoked;

    /// <summary>Adds a revocation made at another replica.</summary>
    internal void Learn(Revocation revoked) => _list.Add(revoked);

    private void Add(string? name, string? subject)
    {
        var added = _list.Add(new Revocation(name, Revocation.OwnerOf(subject), _time.GetUtcNow()));
        Revoked?.Invoke(added);
    }
}
