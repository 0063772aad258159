using System.Globalization;
using TraceDemo.DevIdentity.Hosting;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Signs the person in for a valid authorization request, with the existing session or a login form.</summary>
internal sealed class AuthorizationSignIn(Issuer issuer, BrowserCookies cookies, BrowserForms browser, LoginFlow flow)
{
    public IResult Handle(HttpContext context, AuthorizationRequest request, string[] prompt)
    {
        var (login, maxAge) = (prompt.Contains("login", StringComparer.Ordinal), Seconds(context.Request.Query["max_age"]));
        var session = login ? null : cookies.SignedIn(context, maxAge);
        if (session is not null)
        {
            return flow.SignOn(request, session);
        }
        if (prompt.Contains("none", StringComparer.Ordinal))
        {
            return Refuse(context.Request.Query, new("login_required", null));
        }
        return browser.Show(browser.Open(context, new BrowserLogin(request, Reauthenticates: login || maxAge is not null)));
    }

    private static TimeSpan? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    public IResult Refuse(IQueryCollection query, AuthorizationError error) =>
        AuthorizationResponse.Error(query["redirect_uri"]!, query["state"], issuer.Value, error);
}
