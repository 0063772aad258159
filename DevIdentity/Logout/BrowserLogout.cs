using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>OpenID Connect RP-Initiated Logout: immediate with an ID token as hint, otherwise after a confirmation.</summary>
internal sealed class BrowserLogout(
    Realm realm, Pages pages, TokenVerifier verifier, LogoutQuestion question, BrowserSessionEnd sessions)
{
    public async Task<IResult> StartAsync(HttpContext context, Func<string, string?> parameter)
    {
        VerifiedToken? hint = null;
        if (parameter("id_token_hint") is { } text && !verifier.TryReadIdTokenHint(text, out hint))
        {
            return pages.Error("Invalid parameter: id_token_hint");
        }
        var request = new LogoutRequest(parameter("post_logout_redirect_uri"), parameter("state"));
        var clientId = parameter("client_id") ?? hint?.ClientId;
        if (CheckRedirect(request.RedirectUri, clientId) is { } refused)
        {
            return refused;
        }
        if (hint is null)
        {
            return question.Ask(context, request, clientId);
        }
        await sessions.EndAsync(context, hint.SessionId);
        return Finish(request);
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, Form fields)
    {
        if (question.Read(context, fields["session_code"]) is not { } request)
        {
            return pages.Error("The question has expired: sign out again.");
        }
        await sessions.EndSignedInAsync(context);
        return Finish(request);
    }

    private HtmlPage? CheckRedirect(string? redirectUri, string? clientId)
    {
        if (redirectUri is null)
        {
            return null;
        }
        if (clientId is null)
        {
            return pages.Error("Missing parameters: id_token_hint");
        }
        return realm.TryFindClient(clientId, out var client) && RedirectUris.AllowsAfterLogout(client, redirectUri)
            ? null
            : pages.Error("Invalid redirect uri");
    }

    private IResult Finish(LogoutRequest request)
    {
        if (request.RedirectUri is not { } uri)
        {
            return pages.Message("You are logged out", "You are logged out");
        }
        return Results.Redirect(request.State is null
            ? uri
            : $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(request.State)}");
    }
}
