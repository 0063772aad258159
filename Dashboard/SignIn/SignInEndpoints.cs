using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

internal static class SignInEndpoints
{
    private const int MaxLogoutBody = 32 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/signout", SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        endpoints.MapPost(BackchannelLogout.Path, BackchannelAsync)
            .AllowAnonymous()
            .DisableAntiforgery() // The provider calls this; the token's signature authenticates it.
            .WithMetadata(new RequestSizeLimitAttribute(MaxLogoutBody));
    }

    // The framework has made its check, and a failed one was answered by a page; without that check there is no sign-out.
    private static async Task<IResult> SignOutAsync(HttpContext context, SignOut signOut)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return Results.BadRequest();
        }

        return Results.Redirect(await signOut.EndAsync(context) switch
        {
            ProviderEnd.Confirmed => "/signed-out",
            ProviderEnd.Pending => "/signed-out?provider=pending",
            ProviderEnd.Unconfirmed => "/signed-out?provider=unconfirmed",
            _ => throw new UnreachableException(),
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
