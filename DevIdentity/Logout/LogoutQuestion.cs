using System.Buffers.Text;
using System.Security.Cryptography;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Login;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>Asks the person to confirm the sign-out, and reads the answer: only the browser that was asked can give it.</summary>
internal sealed class LogoutQuestion(Issuer issuer, BrowserCookies cookies, FormSeal seal)
{
    private const string FormType = "Logout";

    public HtmlPage Ask(HttpContext context, LogoutRequest request, string? clientId)
    {
        var client = Uri.EscapeDataString(clientId ?? "account");
        var tab = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));
        return Pages.ConfirmLogout(
            $"{issuer.Path}/protocol/openid-connect/logout/logout-confirm?client_id={client}&tab_id={tab}",
            seal.Seal(FormType, cookies.Identify(context), request.ToJson()));
    }

    /// <summary>Null if the form belongs to another browser, or has expired.</summary>
    public LogoutRequest? Read(HttpContext context, string? answer) =>
        seal.Open(FormType, BrowserCookies.BrowserId(context), answer) is { } content ? LogoutRequest.FromJson(content) : null;
}
