using System.Text;
using System.Text.Json;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>From the login form to a session, and from there back to the application or on to a device's consent.</summary>
internal sealed class LoginFlow(
    Issuer issuer, Pages pages, BrowserCookies cookies, PendingForms<LoginPurpose> forms, LoginParts parts)
{
    private const string Execution = "3b6ddc6a-9e4c-4a0f-8d5f-3a9c4d1f7e20";

    public string ActionPath(string action, PendingForm<LoginPurpose> form) =>
        $"{issuer.Value}/login-actions/{action}?client_id={Uri.EscapeDataString(form.Purpose.ClientId)}&tab_id={form.Tab}&client_data={ClientData(form.Purpose)}";

    /// <summary>Opens a login form for this browser.</summary>
    public PendingForm<LoginPurpose>? Open(HttpContext context, LoginPurpose purpose) => forms.Open(cookies.Identify(context), purpose);

    public IResult Show(PendingForm<LoginPurpose> form, string? username = null, bool failed = false) => pages.Login(FormAction(form), username, failed);

    public PendingForm<LoginPurpose>? Find(HttpContext context) => forms.Find(context.Request.Query["tab_id"], BrowserCookies.BrowserId(context));

    public IResult Expired() => pages.Error("The sign-in has expired, or cookies are disabled in your browser: go back to the application and sign in again.");

    /// <summary>The post of the login form.</summary>
    public IResult Submit(HttpContext context, Form fields)
    {
        if (Find(context) is not { } form) { return Expired(); }
        if (!form.TryUse(BrowserCookies.BrowserId(context), context.Request.Query["session_code"])) { return Results.Redirect(ActionPath("authenticate", form)); }
        var username = fields["username"] ?? "";
        if (parts.People.Authenticate(username, fields["password"]) is not { } user) { return Show(form, username, failed: true); }
        if (parts.Sessions.Begin(user, interactive: true) is not { } session) { return ProtocolError.StoreFull; }
        cookies.SignIn(context, session);
        return Continue(form, session, acr: "1");
    }

    /// <summary>Signed in: what the form was for happens now.</summary>
    public IResult Continue(PendingForm<LoginPurpose> form, UserSession session, string acr)
    {
        if (form.Purpose is BrowserLogin login)
        {
            forms.Close(form);
            return Complete(login.Request, session, acr);
        }

        ((DeviceLogin)form.Purpose).Session = session;
        return Results.Redirect(ActionPath("required-action", form).Replace("?client_id=", "?execution=OAUTH_GRANT&client_id=", StringComparison.Ordinal));
    }

    public IResult Complete(AuthorizationRequest request, UserSession session, string acr) =>
        parts.Codes.Issue(new AuthorizationCode(request, session, acr)) is { } code
            ? AuthorizationResponse.Code(request, code, session.Id, issuer.Value)
            : ProtocolError.StoreFull;

    private string FormAction(PendingForm<LoginPurpose> form) =>
        ActionPath("authenticate", form).Replace("?client_id=", $"?session_code={form.Code}&execution={Execution}&client_id=", StringComparison.Ordinal);

    /// <summary>Keycloak's forms carry it; nothing here reads it back.</summary>
    private static string ClientData(LoginPurpose purpose)
    {
        var data = purpose is BrowserLogin { Request: var request }
            ? new Dictionary<string, string?> { ["ru"] = request.RedirectUri, ["rt"] = "code", ["st"] = request.State }
            : [];
        return System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(data)));
    }
}

/// <summary>What a login needs besides its pages.</summary>
internal sealed record LoginParts(PersonAuthentication People, SessionStore Sessions, AuthorizationCodes Codes);
