using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>From the login form to a session, and from there back to the application or on to a device's consent.</summary>
internal sealed class LoginFlow(Issuer issuer, Pages pages, BrowserCookies cookies, LoginForms forms, LoginParts parts)
{
    private const string Execution = "3b6ddc6a-9e4c-4a0f-8d5f-3a9c4d1f7e20";

    public string ActionPath(string action, LoginForm form) =>
        $"{issuer.Value}/login-actions/{action}?client_id={Uri.EscapeDataString(form.Purpose.ClientId)}"
            + $"&tab_id={form.Tab}&client_data={form.Sealed}";

    /// <summary>Opens a login form for this browser.</summary>
    public LoginForm Open(HttpContext context, LoginPurpose purpose) => forms.Open(cookies.Identify(context), purpose);

    public IResult Show(LoginForm form, string? username = null, bool failed = false) => pages.Login(FormAction(form), username, failed);

    public LoginForm? Find(HttpContext context) => forms.Find(context.Request.Query["client_data"], BrowserCookies.BrowserId(context));

    /// <summary>Who this browser is signed in as.</summary>
    public UserSession? SignedIn(HttpContext context) => cookies.SignedIn(context);

    public IResult Expired() => pages.Error(
        "The sign-in has expired, or cookies are disabled in your browser: go back to the application and sign in again.");

    /// <summary>The post of the login form.</summary>
    public IResult Submit(HttpContext context, Form fields)
    {
        if (Find(context) is not { } form) { return Expired(); }
        if (!forms.IsCode(form, session: null, context.Request.Query["session_code"]))
        {
            return Results.Redirect(ActionPath("authenticate", form));
        }
        var username = fields["username"] ?? "";
        if (parts.People.Authenticate(username, fields["password"]) is not { } user) { return Show(form, username, failed: true); }
        if (!forms.TryUse(form, user)) { return Expired(); }
        var session = parts.Sessions.Begin(user, interactive: true);
        cookies.SignIn(context, session);
        return Continue(form, session, acr: "1");
    }

    /// <summary>Single sign-on: the browser's session is enough, and is prolonged by it.</summary>
    public IResult SignOn(AuthorizationRequest request, UserSession session)
    {
        parts.Sessions.Touch(session);
        return Complete(request, session, acr: "0");
    }

    public IResult SignOn(LoginForm form, UserSession session)
    {
        parts.Sessions.Touch(session);
        return Continue(form, session, acr: "0");
    }

    /// <summary>Signed in: what the form was for happens now.</summary>
    private IResult Continue(LoginForm form, UserSession session, string acr) => form.Purpose is BrowserLogin login
        ? Complete(login.Request, session, acr)
        : Results.Redirect(
            ActionPath("required-action", form).Replace("?client_id=", "?execution=OAUTH_GRANT&client_id=", StringComparison.Ordinal));

    private IResult Complete(AuthorizationRequest request, UserSession session, string acr) =>
        AuthorizationResponse.Code(request, parts.Codes.Issue(new AuthorizationCode(request, session, acr)), session.Id, issuer.Value);

    private string FormAction(LoginForm form) =>
        ActionPath("authenticate", form).Replace(
            "?client_id=", $"?session_code={forms.Code(form, session: null)}&execution={Execution}&client_id=", StringComparison.Ordinal);
}
