namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>The trust domain's agreement on transaction tokens: the same at whoever issues and whoever checks them.</summary>
public sealed record TransactionTokenOptions
{
    /// <summary>The audience of every transaction token: the trust domain (draft-ietf-oauth-transaction-tokens, <c>aud</c>).</summary>
    public required string TrustDomain { get; init; }

    /// <summary>The Txn-Token service: issuer, requesting workload, and the service name under which its key set is found.</summary>
    public required string Issuer { get; init; }

    /// <summary>What a transaction token is for, in a word.</summary>
    public required string Scope { get; init; }
}
