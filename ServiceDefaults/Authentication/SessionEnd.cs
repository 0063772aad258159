using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets the application where a person has signed out notify this service immediately. The provider's back-channel logout goes only to
/// the session's client, which is that application, and a JWT remains valid by itself.
/// </summary>
public static partial class SessionEnd
{
    /// <summary>The path that the application posts to.</summary>
    public const string Path = "/api/session/end";

    /// <summary>
    /// Maps <see cref="Path"/>: 204 when every token of the session in the caller's own token (<c>sid</c>) is refused from now on. A caller
    /// can only end the session of the token it holds.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="clients">The clients that may end their people's sessions.</param>
    public static IEndpointConventionBuilder MapSessionEnd(this IEndpointRouteBuilder endpoints, params string[] clients) =>
        endpoints.MapPost(Path, (Caller caller, Revocations revocations, ILogger<Revocations> logger) =>
            {
                // Only a person has a session, and the rule below accepts only people.
                var sessionId = caller.SessionId
                    ?? throw new InvalidOperationException("A person without a session passed the rule of this endpoint.");
                revocations.EndSession(sessionId, caller.Subject);
                LogSignedOut(logger, caller.Client.Value);
                return Results.NoContent();
            })
            .Accept(Callers.Person(clients))
            // Internal between the application and this service; not part of the public API.
            .ExcludeFromDescription();

    [LoggerMessage(EventName = "session.signed_out", Level = LogLevel.Information,
        Message = "A person signed out at {Client}; the session's tokens are refused from now on")]
    private static partial void LogSignedOut(ILogger logger, string client);
}
