namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// The restriction that a transaction token puts on a request, in the application's terms: the claim <c>tctx</c>. Derive a record from it.
/// </summary>
public abstract record TransactionContext
{
    /// <summary>
    /// The members of the claim, each once. A token grants a request only if all of them match: a different one is reported as
    /// <c>other_</c> and its name, and each becomes the span attribute <c>txn.</c> and its name, so neither may be a secret.
    /// </summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Members { get; }
}
