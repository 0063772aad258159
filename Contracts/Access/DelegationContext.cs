using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Contracts.Access;

/// <summary>What a person delegates: this agent, this document, this action.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Document">The document.</param>
/// <param name="Action">What is to be done with it, in a word.</param>
public sealed record DelegationContext(AgentId Agent, DocumentId Document, string Action) : TransactionContext
{
    /// <summary>user-service notes what a person asked for; document-service checks it.</summary>
    public static TrustDomain Domain { get; } =
        new() { Name = "tracedemo", Issuer = "user-service", Scope = "documents:read" };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Members =>
        [new("agent", Agent.Value), new("document", Document.Value), new("action", Action)];
}
