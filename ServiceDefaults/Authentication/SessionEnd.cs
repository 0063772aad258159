using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets the application at which a person has signed out tell this service at once. The provider's back-channel logout goes to the client
/// of the session only, which is that application, and a JWT stays valid by itself.
/// </summary>
public static partial class SessionEnd
{
    /// <summary>Where the application posts to.</summary>
    public const string Path = "/api/session/end";

    /// <summary>
    /// Maps <see cref="Path"/>: 204 when every token of the session in the caller's own token (<c>sid</c>) is refused from now on. Nobody
    /// can end another session than the one whose token they hold.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="clients">The clients that may end their people's sessions.</param>
    public static IEndpointConventionBuilder MapSessionEnd(this IEndpointRouteBuilder endpoints, params string[] clients) =>
        endpoints.MapPost(Path, (Caller caller, Revocations revocations, ILogger<Revocations> logger) =>
            {
                // Who has a session is what makes a caller a person, and the rule below lets nobody else in.
                var sessionId = caller.SessionId
                    ?? throw new InvalidOperationException("A person without a session passed the rule of this endpoint.");
                revocations.EndSession(sessionId, caller.Subject);
                LogSignedOut(logger, caller.Client.Value);
                return Results.NoContent();
            })
            .Accept(Callers.Person(clients))
            // Between the application and this service; no client of the public API may call it.
            .ExcludeFromDescription();

    [LoggerMessage(EventName = "session.signed_out", Level = LogLevel.Information,
        Message = "A person signed out at {Client}; the session's tokens are refused from now on")]
    private static partial void LogSignedOut(ILogger logger, string client);
}
