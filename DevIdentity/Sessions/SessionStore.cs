using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Sessions;

/// <summary>
/// All signed-in people; a session ends when idle, at its maximum age, or by sign-out. As in Keycloak, a refresh, single sign-on and
/// a code extend it; exchange, userinfo and introspection do not.
/// </summary>
internal sealed class SessionStore(Realm realm, TimeProvider time)
{
    private const int MaxPerPerson = 1_000;

    private readonly ExpiringMap<UserSession> _sessions =
        new(new MapBounds { EntriesPerOwner = MaxPerPerson }, time);

    /// <summary>If one person has too many sessions, the one that has been idle longest ends.</summary>
    public UserSession Begin(RealmUser user, bool interactive)
    {
        var now = time.GetUtcNow();
        var session = new UserSession(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)), user, now, interactive);
        _sessions.Add(user.Username, session.Id, session, Expiry(session, now));
        return session;
    }

    public bool TryFind(string? id, [NotNullWhen(true)] out UserSession? session) =>
        _sessions.TryGet(id, out session) && session.User.Enabled;

    public void Touch(UserSession session) => _sessions.Extend(session.Id, Expiry(session, time.GetUtcNow()));

    /// <summary>True for the one caller that ended it.</summary>
    public bool End(UserSession session) => _sessions.TryTake(session.Id, out _);

    private DateTimeOffset Expiry(UserSession session, DateTimeOffset now)
    {
        var idle = now + realm.SessionIdle;
        var max = session.Started + realm.SessionMax;
        return idle < max ? idle : max;
    }
}
