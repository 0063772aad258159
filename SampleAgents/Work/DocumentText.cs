namespace TraceDemo.SampleAgents.Work;

/// <summary>As much of a document as an agent works on, so that no document makes it work longer than that.</summary>
internal static class DocumentText
{
    public const int MaxCharacters = 256 * 1024;

    /// <summary>
    /// Milliseconds for one match. No pattern here comes near it: each quantifier is bounded or can't give back what it took. It
    /// stands behind them for the pattern that somebody adds.
    /// </summary>
    public const int MatchTimeout = 10_000;

    public static string Bounded(string content) => content.Length <= MaxCharacters ? content : content[..MaxCharacters];
}
