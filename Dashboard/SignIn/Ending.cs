namespace TraceDemo.Dashboard.SignIn;

/// <summary>The end of a session that a peer is to be told.</summary>
/// <param name="proof">The token that proves whose session it is.</param>
/// <param name="until">From then on it is of no use any more.</param>
internal sealed class Ending(string proof, DateTimeOffset until)
{
    private bool _hasFailed;

    public string Proof { get; } = proof;

    public DateTimeOffset Until { get; } = until;

    /// <summary>True once: what is tried again and again is logged at first.</summary>
    public bool IsFirstFailure()
    {
        var first = !_hasFailed;
        _hasFailed = true;
        return first;
    }
}
