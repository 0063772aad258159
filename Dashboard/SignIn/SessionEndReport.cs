namespace TraceDemo.Dashboard.SignIn;

/// <summary>The end of a session, to be reported to a peer.</summary>
/// <param name="proof">The token that proves the session.</param>
/// <param name="until">The time after which the report is useless.</param>
internal sealed class SessionEndReport(string proof, DateTimeOffset until)
{
    private bool _hasFailed;

    public string Proof { get; } = proof;

    public DateTimeOffset Until { get; } = until;

    /// <summary>True once: only the first of repeated failures is logged.</summary>
    public bool IsFirstFailure()
    {
        var first = !_hasFailed;
        _hasFailed = true;
        return first;
    }
}
