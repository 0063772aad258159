using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>
/// Two cookies: the browser's id during sign-in, and the session it is signed in to. Keycloak marks its
/// cookies <c>Secure</c> even on plain http, where only browsers return them; here they are <c>Secure</c> on https only.
/// </summary>
internal sealed class BrowserCookies(Issuer issuer, KeyRing keys, SessionStore sessions, TimeProvider time)
{
    private const string Browser = "AUTH_SESSION_ID";
    private const string Identity = "KEYCLOAK_IDENTITY";

    /// <summary>The browser's id; a new one if it has none.</summary>
    public string Identify(HttpContext context)
    {
        if (BrowserId(context) is { Length: 43 } known)
        {
            return known;
        }
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Append(context, Browser, id);
        return id;
    }

    public static string? BrowserId(HttpContext context) => context.Request.Cookies[Browser];

    public UserSession? SignedIn(HttpContext context)
    {
        var parts = context.Request.Cookies[Identity]?.Split('.') ?? [];
        if (parts.Length != 2)
        {
            return null;
        }
        var genuine = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parts[1]), Encoding.ASCII.GetBytes(Seal(parts[0])));
        return genuine && sessions.TryFind(parts[0], out var session) ? session : null;
    }

    /// <summary>As above, if the sign-in is not older than this (OpenID Connect Core §3.1.2.1, <c>max_age</c>).</summary>
    public UserSession? SignedIn(HttpContext context, TimeSpan? maxAge) =>
        SignedIn(context) is { } session && (maxAge is null || time.GetUtcNow() - session.Started <= maxAge) ? session : null;

    public void SignIn(HttpContext context, UserSession session) => Append(context, Identity, $"{session.Id}.{Seal(session.Id)}");

    public void SignOut(HttpContext context) => context.Response.Cookies.Delete(Identity, Options());

    /// <summary>Every token contains the session's id, so it must not be sufficient to sign in.</summary>
    private string Seal(string sessionId) => Base64Url.EncodeToString(keys.Sealing.Sign(Encoding.UTF8.GetBytes($"{Identity} {sessionId}")));

    private void Append(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, Options());

    private CookieOptions Options() => new()
    {
        Path = $"{issuer.Path}/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = issuer.Value.StartsWith("https:", StringComparison.Ordinal),
    };
}
