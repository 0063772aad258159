using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Ends a person's session at the gateway, the provider and here, whatever the first two answer.</summary>
internal sealed class SignOut(ProviderSession provider, GatewaySession gateway, SignOuts signOuts, SessionAudit audit)
{
    public async Task<ProviderEnd> EndAsync(HttpContext context)
    {
        using var underWay = context.User.FindFirstValue("sid") is { } sessionId ? signOuts.Begin(sessionId) : null;
        // The ticket is removed last: its tokens prove the session to gateway and provider.
        var session = (await context.AuthenticateAsync()).Properties ?? new AuthenticationProperties();
        try
        {
            var provided = provider.EndAsync(session.GetTokenValue("refresh_token"), context.RequestAborted);
            await Task.WhenAll(gateway.EndAsync(session), provided);
            return await provided;
        }
        finally
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            await audit.SignedOutAsync(context.User);
        }
    }
}
