namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>What the services of a trust domain agree on: the same at the issuer of transaction tokens and at each receiver.</summary>
public sealed record TrustDomain
{
    /// <summary>Its name, the audience of every transaction token (draft-ietf-oauth-transaction-tokens, <c>aud</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The Txn-Token service: issuer, requesting workload, and the service name under which its key set is found.</summary>
    public required string Issuer { get; init; }

    /// <summary>What a transaction token is for, in a word.</summary>
    public required string Scope { get; init; }
}
