namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Whether a person requested exactly this operation.</summary>
/// <param name="Granted">True if the token is valid and matches the request in every member.</param>
/// <param name="Result">One word: <c>granted</c>, <c>missing</c>, <c>invalid</c>, <c>expired</c>, or <c>other_</c> and the difference:
/// <c>person</c>, <c>session</c>, <c>actor</c> or a member of the context.</param>
public readonly record struct TransactionCheck(bool Granted, string Result)
{
    internal static TransactionCheck Agrees { get; } = new(true, "granted");

    internal static TransactionCheck Missing { get; } = Refused("missing");

    internal static TransactionCheck Invalid { get; } = Refused("invalid");

    internal static TransactionCheck Expired { get; } = Refused("expired");

    internal static TransactionCheck Other(string part) => Refused($"other_{part}");

    private static TransactionCheck Refused(string result) => new(false, result);
}
