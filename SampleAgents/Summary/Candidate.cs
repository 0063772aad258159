using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Markdown;
using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Summary;

/// <summary>A sentence that may go into the summary.</summary>
/// <param name="Index">Its index among all sentences.</param>
/// <param name="Section">The number of its section.</param>
/// <param name="Kind">The kind of its section.</param>
/// <param name="Text">The unchanged text.</param>
/// <param name="Words">The distinct meaningful words.</param>
internal sealed partial record Candidate(int Index, int Section, SectionKind Kind, string Text, IReadOnlyList<string> Words)
{
    public bool HasFigure { get; } = Figure().IsMatch(Text);

    /// <summary>Whether it starts with a reference to the previous sentence, so that it is unclear on its own.</summary>
    public bool LeansOnAnother { get; } = Reference().IsMatch(Text);

    public bool IsOpen { get; } = Kind == SectionKind.Open || OpenPoints.Find(Text) is not null || MissingEvidence.Find(Text) is not null;

    /// <summary>The sentences of prose and lists, up to a limit.</summary>
    public static IReadOnlyList<Candidate> Of(IEnumerable<MarkdownBlock> blocks, int maxCount)
    {
        var candidates = new List<Candidate>();
        var (section, kind) = (0, SectionKind.Ordinary);
        foreach (var block in blocks.TakeWhile(_ => candidates.Count < maxCount))
        {
            if (block.Kind == MarkdownKind.Heading)
            {
                section++;
                kind = SectionKinds.Of(block.Text);
            }

            if (block.Kind is MarkdownKind.Paragraph or MarkdownKind.ListItem)
            {
                foreach (var text in Sentences.Split(block.Text).Take(maxCount - candidates.Count))
                {
                    var words = Summary.Words.Extract(text).Distinct(StringComparer.Ordinal);
                    candidates.Add(new Candidate(candidates.Count, section, kind, text, [.. words]));
                }
            }
        }

        return candidates;
    }

    [GeneratedRegex(@"^(?:(?:Of|If|When|Until|For|In|With) )?(?:it|its|they|them|their|these|those|this|that|both|such|he|she|his|her)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Reference();

    // An amount, a share or a count, but not a year, a day of a month or a paragraph number.
    [GeneratedRegex(
        @"(?<![\w.,/-])(?!(?:19|20)\d\d\b)\d{1,15}(?:[.,]\d{1,6}){0,5}(?![\d:/-])(?! (?:January|February|March|April|May|June|July|"
            + @"August|September|October|November|December)\b)",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Figure();
}
