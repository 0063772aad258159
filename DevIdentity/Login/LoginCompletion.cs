using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>After sign-in: redirects to the application with a code, or to a device's consent.</summary>
internal sealed class LoginCompletion(Issuer issuer, AuthorizationCodes codes, BrowserForms browser)
{
    /// <summary>Completes the purpose of the form.</summary>
    public IResult Continue(LoginForm form, UserSession session, string acr) => form.Purpose is BrowserLogin login
        ? Complete(login.Request, session, acr)
        : Results.Redirect(browser.ActionPath("required-action", form).Replace(
            "?client_id=", "?execution=OAUTH_GRANT&client_id=", StringComparison.Ordinal));

    public IResult Complete(AuthorizationRequest request, UserSession session, string acr) =>
        AuthorizationResponse.Code(request, codes.Issue(new AuthorizationCode(request, session, acr)), session.Id, issuer.Value);
}
