using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>From the login form to a session.</summary>
internal sealed class LoginFlow(
    BrowserForms browser, LoginForms forms, LoginCompletion completion, PersonAuthentication people, BrowserSessions sessions)
{
    /// <summary>Handles the post of the login form.</summary>
    public IResult Submit(HttpContext context, Form fields)
    {
        if (browser.Find(context) is not { } form)
        {
            return browser.Expired();
        }
        if (!forms.IsCode(form, session: null, context.Request.Query["session_code"]))
        {
            return Results.Redirect(browser.ActionPath("authenticate", form));
        }
        var username = fields["username"] ?? "";
        if (people.Authenticate(username, fields["password"]) is not { } user)
        {
            return browser.Show(form, username, failed: true);
        }
        if (!forms.TryUse(form, user))
        {
            return browser.Expired();
        }
        return completion.Continue(form, sessions.Begin(context, user), acr: "1");
    }

    /// <summary>Single sign-on: the browser's session is enough, and is extended.</summary>
    public IResult SignOn(AuthorizationRequest request, UserSession session)
    {
        sessions.Touch(session);
        return completion.Complete(request, session, acr: "0");
    }

    public IResult SignOn(LoginForm form, UserSession session)
    {
        sessions.Touch(session);
        return completion.Continue(form, session, acr: "0");
    }
}
