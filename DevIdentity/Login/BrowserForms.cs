using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The login forms of the requesting browser: opens, shows and finds them.</summary>
internal sealed class BrowserForms(Issuer issuer, Pages pages, BrowserCookies cookies, LoginForms forms)
{
    private const string Execution = "3b6ddc6a-9e4c-4a0f-8d5f-3a9c4d1f7e20";

    public string ActionPath(string action, LoginForm form) =>
        $"{issuer.Value}/login-actions/{action}?client_id={Uri.EscapeDataString(form.Purpose.ClientId)}"
            + $"&tab_id={form.Tab}&client_data={form.Sealed}";

    /// <summary>Opens a login form for this browser.</summary>
    public LoginForm Open(HttpContext context, LoginPurpose purpose) => forms.Open(cookies.Identify(context), purpose);

    public IResult Show(LoginForm form, string? username = null, bool failed = false) => pages.Login(FormAction(form), username, failed);

    public LoginForm? Find(HttpContext context) => forms.Find(context.Request.Query["client_data"], BrowserCookies.BrowserId(context));

    /// <summary>The person that this browser is signed in as.</summary>
    public UserSession? SignedIn(HttpContext context) => cookies.SignedIn(context);

    public IResult Expired() => pages.Error(
        "The sign-in has expired, or cookies are disabled in your browser: go back to the application and sign in again.");

    private string FormAction(LoginForm form) =>
        ActionPath("authenticate", form).Replace(
            "?client_id=", $"?session_code={forms.Code(form, session: null)}&execution={Execution}&client_id=", StringComparison.Ordinal);
}
