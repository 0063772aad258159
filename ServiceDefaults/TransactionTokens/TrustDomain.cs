namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>The settings that the issuer of transaction tokens and all receivers in a trust domain share.</summary>
public sealed record TrustDomain
{
    /// <summary>Its name, the audience of every transaction token (draft-ietf-oauth-transaction-tokens, <c>aud</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The Txn-Token service: issuer, requesting workload, and the service name under which its key set is found.</summary>
    public required string Issuer { get; init; }

    /// <summary>The purpose of a transaction token, as one word.</summary>
    public required string Scope { get; init; }
}
