using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// What a person asked for: this agent, this document, this action, in this session. An access token alone would let its holder read
/// everything the person and the agent have in common.
/// </summary>
/// <param name="Subject">The person's <c>sub</c>.</param>
/// <param name="SessionId">The person's <c>sid</c>.</param>
/// <param name="Actor">The OAuth client of the agent (<c>act.sub</c>).</param>
/// <param name="Agent">The agent.</param>
/// <param name="Document">The document.</param>
/// <param name="Action">What is to be done with it.</param>
public sealed record TransactionClaims(string Subject, string SessionId, ClientId Actor, AgentId Agent, DocumentId Document, string Action)
{
    /// <summary>The claims for a delegation by this person.</summary>
    /// <param name="person">A caller with a session.</param>
    /// <param name="actor">The agent's OAuth client.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="document">The document.</param>
    /// <param name="action">What is to be done with it.</param>
    /// <exception cref="ArgumentException">The caller is no person.</exception>
    public static TransactionClaims For(Caller person, ClientId actor, AgentId agent, DocumentId document, string action) =>
        person is { IsPerson: true, SessionId: { } sessionId }
            ? new TransactionClaims(person.Subject, sessionId, actor, agent, document, action)
            : throw new ArgumentException("Only a person can delegate.", nameof(person));
}
