using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Sessions of browsers, which store them in a cookie.</summary>
internal sealed class BrowserSessions(SessionStore sessions, BrowserCookies cookies)
{
    public UserSession Begin(HttpContext context, RealmUser user)
    {
        var session = sessions.Begin(user, interactive: true);
        cookies.SignIn(context, session);
        return session;
    }

    public void Touch(UserSession session) => sessions.Touch(session);
}
