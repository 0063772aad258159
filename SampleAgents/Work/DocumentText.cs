namespace TraceDemo.SampleAgents.Work;

/// <summary>The part of a document that an agent processes, which limits its work for any document.</summary>
internal static class DocumentText
{
    public const int MaxCharacters = 256 * 1024;

    /// <summary>
    /// Timeout of one match in milliseconds. No existing pattern gets near it, because each quantifier is bounded or cannot backtrack; it
    /// protects against patterns added later.
    /// </summary>
    public const int MatchTimeout = 10_000;

    public static string Bounded(string content) => content.Length <= MaxCharacters ? content : content[..MaxCharacters];
}
