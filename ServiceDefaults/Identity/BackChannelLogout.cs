using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Lets the provider notify this service that a session has ended (OpenID Connect Back-Channel Logout 1.0).</summary>
public static partial class BackChannelLogout
{
    /// <summary>The back-channel logout path of the realm's clients.</summary>
    public const string Path = "/signout-backchannel";

    /// <summary>
    /// Maps <see cref="Path"/>: 200 when the session's tokens are refused from now on, 400 for anything but a valid logout token. It is
    /// anonymous, because the signed token authenticates the request.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="client">The client of the sessions; the logout token's audience.</param>
    public static IEndpointConventionBuilder MapBackChannelLogout(this IEndpointRouteBuilder endpoints, string client) =>
        endpoints.MapPost(Path, async (
                [FromForm(Name = "logout_token")] string? token, LogoutTokenValidator validator, Revocations revocations,
                ILogger<Revocations> logger, HttpContext context) =>
            {
                // §2.8: the response must not be cached.
                context.Response.Headers.CacheControl = "no-store";
                if (token is null
                    || await validator.ReadSessionAsync(token, client, context.RequestAborted) is not { } session)
                {
                    return Problem.Result(ReasonCode.RequestInvalid, "Not a logout token of this provider for this client.");
                }

                revocations.End(session);
                LogSessionEnded(logger, client);
                return Results.Ok();
            })
            .AllowAnonymous()
            .ExcludeFromDescription()
            // No rate limit: a flood from the provider's address must not block logout tokens, which providers do not send twice. Only the
            // token authenticates the sender, and checking it costs less than most requests.
            .DisableRateLimiting()
            .DisableAntiforgery();

    [LoggerMessage(EventName = "session.ended", Level = LogLevel.Information,
        Message = "The provider ended a session of {Client}; its tokens are refused from now on")]
    private static partial void LogSessionEnded(ILogger logger, string client);
}
