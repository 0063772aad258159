using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>Ends a session from a browser and removes its cookie.</summary>
internal sealed class BrowserSessionEnd(BrowserCookies cookies, SessionStore sessions, BackchannelLogout logout)
{
    /// <summary>The session that an ID token names, if it has not ended.</summary>
    public async Task EndAsync(HttpContext context, string? sessionId)
    {
        if (sessions.TryFind(sessionId, out var session))
        {
            await EndAsync(context, session);
        }
    }

    /// <summary>The browser's own session.</summary>
    public async Task EndSignedInAsync(HttpContext context)
    {
        if (cookies.SignedIn(context) is { } session)
        {
            await EndAsync(context, session);
        }
    }

    private Task EndAsync(HttpContext context, UserSession session)
    {
        if (cookies.SignedIn(context)?.Id == session.Id)
        {
            cookies.SignOut(context);
        }
        return logout.EndAsync(session);
    }
}
