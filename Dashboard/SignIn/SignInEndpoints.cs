using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace TraceDemo.Dashboard.SignIn;

internal static class SignInEndpoints
{
    private const int MaxLogoutBody = 32 * 1024;

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/signout", SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        app.MapPost("/signout-backchannel", BackchannelAsync)
            .AllowAnonymous()
            .DisableAntiforgery() // It is the provider that calls; the token's signature is the proof.
            .WithMetadata(new RequestSizeLimitAttribute(MaxLogoutBody));
    }

    // The framework's check has been made, and a form that fails it answered by a page; without that check nobody is signed out.
    private static async Task<IResult> SignOutAsync(HttpContext context, SignOut signOut)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }) { return Results.BadRequest(); }

        return Results.Redirect(await signOut.EndAsync(context) switch
        {
            ProviderEnd.Confirmed => "/signed-out",
            ProviderEnd.Pending => "/signed-out?provider=pending",
            _ => "/signed-out?provider=unconfirmed",
        });
    }

    private static async Task<IResult> BackchannelAsync(
        [FromForm(Name = "logout_token")] string? logoutToken, HttpContext context, ProviderLogout logout)
    {
        context.Response.Headers.CacheControl = "no-store";
        return logoutToken is not null && await logout.AcceptAsync(logoutToken, context.RequestAborted) is not null
            ? Results.Ok()
            : Results.BadRequest(new { error = "invalid_request" });
    }
}
