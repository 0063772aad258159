namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>
/// What a transaction token narrows a request to, in the application's own terms: the claim <c>tctx</c>. Derive a record from it.
/// </summary>
public abstract record TransactionContext
{
    /// <summary>
    /// The members of the claim, each once. A token grants a request only when all of them agree: one that differs is told as
    /// <c>other_</c> and its name, and each becomes the span attribute <c>txn.</c> and its name, so neither may be a secret.
    /// </summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Members { get; }
}
