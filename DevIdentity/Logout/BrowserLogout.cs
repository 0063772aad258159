using System.Buffers.Text;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>OpenID Connect RP-Initiated Logout: with an ID token as hint at once, without one after a question.</summary>
internal sealed class BrowserLogout(
    Issuer issuer, Pages pages, BrowserCookies cookies, FormSeal seal, LogoutParts parts)
{
    private const string FormType = "Logout";

    public async Task<IResult> StartAsync(HttpContext context, Func<string, string?> parameter)
    {
        VerifiedToken? hint = null;
        if (parameter("id_token_hint") is { } text && !parts.Verifier.TryReadIdTokenHint(text, out hint))
        {
            return pages.Error("Invalid parameter: id_token_hint");
        }
        var request = new LogoutRequest(parameter("post_logout_redirect_uri"), parameter("state"));
        var clientId = parameter("client_id") ?? hint?.ClientId;
        if (CheckRedirect(request.RedirectUri, clientId) is { } refused) { return refused; }
        if (hint is null) { return Ask(context, request, clientId); }
        if (parts.Sessions.TryFind(hint.SessionId, out var session)) { await EndAsync(context, session); }
        return Finish(request);
    }

    public async Task<IResult> ConfirmAsync(HttpContext context, Form fields)
    {
        if (seal.Open(FormType, BrowserCookies.BrowserId(context), fields["session_code"]) is not { } content)
        {
            return pages.Error("The question has expired: sign out again.");
        }
        if (cookies.SignedIn(context) is { } session) { await EndAsync(context, session); }
        return Finish(LogoutRequest.FromJson(content));
    }

    private Task EndAsync(HttpContext context, UserSession session)
    {
        if (cookies.SignedIn(context)?.Id == session.Id) { cookies.SignOut(context); }
        return parts.Logout.EndAsync(session);
    }

    private HtmlPage? CheckRedirect(string? redirectUri, string? clientId)
    {
        if (redirectUri is null) { return null; }
        if (clientId is null) { return pages.Error("Missing parameters: id_token_hint"); }
        return parts.Realm.TryFindClient(clientId, out var client) && RedirectUris.AllowsAfterLogout(client, redirectUri)
            ? null
            : pages.Error("Invalid redirect uri");
    }

    private HtmlPage Ask(HttpContext context, LogoutRequest request, string? clientId)
    {
        var client = Uri.EscapeDataString(clientId ?? "account");
        var tab = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));
        return Pages.ConfirmLogout(
            $"{issuer.Path}/protocol/openid-connect/logout/logout-confirm?client_id={client}&tab_id={tab}",
            seal.Seal(FormType, cookies.Identify(context), request.ToJson()));
    }

    private IResult Finish(LogoutRequest request)
    {
        if (request.RedirectUri is not { } uri) { return pages.Message("You are logged out", "You are logged out"); }
        return Results.Redirect(request.State is null
            ? uri
            : $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(request.State)}");
    }
}
