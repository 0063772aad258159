namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Whether a person granted exactly this.</summary>
/// <param name="Granted">True when the token is valid and names person, session, agent, document and action as they are now.</param>
/// <param name="Result">In a word, for span and explanation: <c>granted</c>, <c>missing</c>,
/// <c>invalid</c>, <c>expired</c>, or <c>other_</c> and what differs.</param>
public sealed record GrantVerdict(bool Granted, string Result)
{
    /// <summary>Everything agrees.</summary>
    public static GrantVerdict Given { get; } = new(true, "granted");

    /// <summary>Not granted.</summary>
    /// <param name="result">Why, in a word.</param>
    public static GrantVerdict Not(string result) => new(false, result);
}
