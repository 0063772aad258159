namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Whether a person asked for exactly this.</summary>
/// <param name="Granted">True when the token is valid and agrees with what is about to happen in every part.</param>
/// <param name="Result">In a word: <c>granted</c>, <c>missing</c>, <c>invalid</c>, <c>expired</c>, or <c>other_</c> and what differs:
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
