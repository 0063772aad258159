using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace TraceDemo.Dashboard.SignIn;

internal static class SignInEndpoints
{
    private const int MaxLogoutBody = 32 * 1024;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/signout", SignOutAsync);
        app.MapPost("/signout-backchannel", BackchannelAsync)
            .AllowAnonymous()
            .DisableAntiforgery() // It is the provider that calls; the token's signature is the proof.
            .WithMetadata(new RequestSizeLimitAttribute(MaxLogoutBody));
    }

    // The framework's own check covers endpoints that bind a form; this one binds nothing, so it asks itself.
    private static async Task<IResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, ProviderSession provider, GatewaySession gateway, SessionAudit audit)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) { return Results.BadRequest(); }
        // The ticket goes last: its tokens prove to gateway and provider whose session this is.
        var session = (await context.AuthenticateAsync()).Properties ?? new AuthenticationProperties();
        var refreshToken = session.GetTokenValue("refresh_token");
        await Task.WhenAll(gateway.EndAsync(session), refreshToken is null ? Task.CompletedTask : provider.EndAsync(refreshToken, context.RequestAborted));
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        await audit.SignedOutAsync(context.User);
        return Results.Redirect("/signed-out");
    }

    private static async Task<IResult> BackchannelAsync([FromForm(Name = "logout_token")] string? logoutToken, HttpContext context, LogoutToken tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        return logoutToken is not null && await tokens.AcceptAsync(logoutToken, context.RequestAborted) is not null
            ? Results.Ok()
            : Results.BadRequest(new { error = "invalid_request" });
    }
}
