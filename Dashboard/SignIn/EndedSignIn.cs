using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// A provider that missed a sign-out answers the next sign-in from the same session, whose tokens the gateway refuses. The new
/// tokens end that session there, and then the person signs in again, to a new session.
/// </summary>
internal sealed partial class EndedSignIn(TicketStore tickets, ProviderSession provider, ILogger<EndedSignIn> logger)
{
    private const string AgainItem = ".again";

    /// <summary>True if the sign-in was rejected and answered.</summary>
    public async Task<bool> RefuseAsync(TicketReceivedContext context)
    {
        // Once only: a provider that reports the end of a session but continues it must not cause a loop.
        var isAgain = context.Properties?.Items.Remove(AgainItem) == true;
        if (context.Principal?.FindFirstValue("sid") is not { } sessionId || !await tickets.IsEndedAsync(sessionId))
        {
            return false;
        }

        var refreshToken = context.Properties?.GetTokenValue("refresh_token");
        if (!isAgain && refreshToken is not null && await provider.TryEndAsync(refreshToken, context.HttpContext.RequestAborted))
        {
            await context.HttpContext.ChallengeAsync(
                new AuthenticationProperties(new Dictionary<string, string?> { [AgainItem] = "" }) { RedirectUri = context.ReturnUri });
        }
        else
        {
            LogRefused();
            context.Response.Redirect(CodeFlow.FailedPath);
        }

        context.HandleResponse();
        return true;
    }

    [LoggerMessage(EventName = "sign_in.session_ended", Level = LogLevel.Warning,
        Message = "The provider signed a person in to an ended session, and did not end it")]
    private partial void LogRefused();
}
