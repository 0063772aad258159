using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Contracts.Access;

/// <summary>The content of a delegation: agent, document and action.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Document">The document.</param>
/// <param name="Action">The action, as one word.</param>
public sealed record DelegationContext(AgentId Agent, DocumentId Document, string Action) : TransactionContext
{
    /// <summary>user-service records the person's request; document-service checks it.</summary>
    public static TrustDomain Domain { get; } =
        new() { Name = "tracedemo", Issuer = "user-service", Scope = "documents:read" };

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Members =>
        [new("agent", Agent.Value), new("document", Document.Value), new("action", Action)];
}
