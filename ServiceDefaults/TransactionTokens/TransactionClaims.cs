using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// What a person requested, in this session and through this client. With an access token alone, its holder could do everything that
/// both the person and the client may do.
/// </summary>
/// <param name="Subject">The person's <c>sub</c>.</param>
/// <param name="SessionId">The person's <c>sid</c>.</param>
/// <param name="Actor">The OAuth client that acts for the person (<c>act.sub</c>).</param>
/// <param name="Context">The restriction of the request (<c>tctx</c>).</param>
public sealed record TransactionClaims(string Subject, string SessionId, ClientId Actor, TransactionContext Context)
{
    /// <summary>The claims for a delegation by this person.</summary>
    /// <param name="person">A caller with a session.</param>
    /// <param name="actor">The OAuth client that acts for the person.</param>
    /// <param name="context">The restriction of the request.</param>
    /// <exception cref="ArgumentException">The caller is not a person.</exception>
    public static TransactionClaims For(Caller person, ClientId actor, TransactionContext context) =>
        person is { IsPerson: true, SessionId: { } sessionId }
            ? new TransactionClaims(person.Subject, sessionId, actor, context)
            : throw new ArgumentException("Only a person can delegate.", nameof(person));
}
