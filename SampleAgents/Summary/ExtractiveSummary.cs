using TraceDemo.SampleAgents.Markdown;

namespace TraceDemo.SampleAgents.Summary;

/// <summary>
/// Selects representative sentences: those of the author's own summary, those about open points, and from the other sections those
/// with the most frequent words (SumBasic, Nenkova and Vanderwende 2005). Figures increase the score; words and sections already
/// represented decrease it. The same text gives the same summary.
/// </summary>
internal static class ExtractiveSummary
{
    public const int MaxSentences = 7;
    public const int MaxCharacters = 1400;
    public const int MaxSentencesRead = 500;
    private const int MaxSentenceCharacters = 400;
    private const int MinWords = 3;
    private const double HeadingWeight = 2;
    private const double FigureWeight = 1.5;
    private const double ReferenceWeight = 0.5;
    private const double SaidAlready = 0.5;

    /// <summary>The selected sentences, unchanged and in the order of the document; empty if it has no prose.</summary>
    public static IReadOnlyList<string> Create(string markdown)
    {
        var blocks = MarkdownReader.Blocks(markdown);
        var candidates = Candidate.Of(blocks, MaxSentencesRead).Where(candidate => candidate.Text.Length <= MaxSentenceCharacters).ToList();
        var enough = candidates.Where(candidate => candidate.Words.Count >= MinWords).ToList();
        return Pick(enough.Count > 0 ? enough : candidates, Weights(blocks, candidates));
    }

    private static List<string> Pick(List<Candidate> candidates, Dictionary<string, double> weights)
    {
        var wanted = Math.Clamp((candidates.Count + 2) / 3, 1, MaxSentences);
        var selection = new Selection(candidates, MaxCharacters);
        // Authors put the most important sentence first.
        selection.Add((wanted * 3 + MaxSentences - 1) / MaxSentences, candidate => candidate.Kind == SectionKind.Essence,
            candidate => -candidate.Index, Said);
        selection.Add(wanted / 3, candidate => candidate.IsOpen, Score, Said);
        selection.Add(wanted - selection.Count, _ => true, Score, Said);
        return [.. selection.Picked.OrderBy(candidate => candidate.Index).Select(candidate => candidate.Text)];

        double Score(Candidate candidate) =>
            candidate.Words.Sum(word => weights[word]) / Math.Sqrt(candidate.Words.Count + 1)
            * (candidate.HasFigure ? FigureWeight : 1)
            * (candidate.LeansOnAnother ? ReferenceWeight : 1)
            * Math.Pow(SaidAlready, selection.CountOf(candidate.Section));

        void Said(Candidate candidate)
        {
            foreach (var word in candidate.Words)
            {
                weights[word] *= SaidAlready;
            }
        }
    }

    private static Dictionary<string, double> Weights(IEnumerable<MarkdownBlock> blocks, List<Candidate> candidates)
    {
        var weights = candidates.SelectMany(candidate => candidate.Words)
            .GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (double)group.Count(), StringComparer.Ordinal);

        var headings = blocks.Where(block => block.Kind == MarkdownKind.Heading).SelectMany(block => Words.Extract(block.Text));
        foreach (var word in headings.Distinct(StringComparer.Ordinal).Where(weights.ContainsKey))
        {
            weights[word] *= HeadingWeight;
        }

        return weights;
    }
}
