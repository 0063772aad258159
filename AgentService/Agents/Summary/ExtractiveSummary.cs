using TraceDemo.AgentService.Agents.Markdown;

namespace TraceDemo.AgentService.Agents.Summary;

/// <summary>
/// Picks the sentences whose words stand for the most of the document, and weighs down what a picked one has said already
/// (SumBasic, Nenkova and Vanderwende 2005, with more weight for the words of headings). The same text gives the same summary.
/// </summary>
internal static class ExtractiveSummary
{
    public const int MaxSentences = 5;
    public const int MaxCharacters = 1200;
    public const int MaxSentencesRead = 500;
    private const int MaxSentenceCharacters = 400;
    private const int MinWords = 3;
    private const double HeadingWeight = 2;
    private const double SaidAlready = 0.5;

    /// <summary>The chosen sentences, word for word and in the order of the document; empty when there is no prose in it.</summary>
    public static IReadOnlyList<string> Of(string markdown)
    {
        var blocks = MarkdownReader.Blocks(markdown);
        var candidates = blocks
            .Where(block => block.Kind is MarkdownKind.Paragraph or MarkdownKind.ListItem)
            .SelectMany(block => Sentences.Of(block.Text))
            .Take(MaxSentencesRead)
            .Where(text => text.Length <= MaxSentenceCharacters)
            .Select((text, index) => new Candidate(index, text, [.. Words.Of(text).Distinct(StringComparer.Ordinal)]))
            .ToList();

        var enough = candidates.Where(candidate => candidate.Words.Count >= MinWords).ToList();
        return Pick(enough.Count > 0 ? enough : candidates, Weights(blocks, candidates));
    }

    private static List<string> Pick(List<Candidate> candidates, Dictionary<string, double> weights)
    {
        var left = new List<Candidate>(candidates);
        var picked = new List<Candidate>();
        var wanted = Math.Clamp((candidates.Count + 2) / 3, 1, MaxSentences);
        var room = MaxCharacters;

        while (picked.Count < wanted && left.Count > 0)
        {
            // MaxBy takes the first of equals, so ties go to the sentence that comes first.
            var best = left.MaxBy(candidate => Score(candidate, weights))!;
            picked.Add(best);
            room -= best.Text.Length + 1;
            left.RemoveAll(candidate => candidate.Text.Length > room || candidate.Text == best.Text);
            foreach (var word in best.Words)
                weights[word] *= SaidAlready;
        }

        return [.. picked.OrderBy(candidate => candidate.Index).Select(candidate => candidate.Text)];
    }

    private static double Score(Candidate candidate, Dictionary<string, double> weights) =>
        candidate.Words.Sum(word => weights[word]) / Math.Sqrt(candidate.Words.Count + 1);

    private static Dictionary<string, double> Weights(IEnumerable<MarkdownBlock> blocks, List<Candidate> candidates)
    {
        var weights = candidates.SelectMany(candidate => candidate.Words)
            .GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (double)group.Count(), StringComparer.Ordinal);

        var headings = blocks.Where(block => block.Kind == MarkdownKind.Heading).SelectMany(block => Words.Of(block.Text));
        foreach (var word in headings.Distinct(StringComparer.Ordinal).Where(weights.ContainsKey))
            weights[word] *= HeadingWeight;
        return weights;
    }

    private sealed record Candidate(int Index, string Text, IReadOnlyList<string> Words);
}
