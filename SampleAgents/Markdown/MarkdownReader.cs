using System.Text;
using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Markdown;

/// <summary>
/// Distinguishes prose from headings, lists, tables and code: the part of Markdown required to find sentences. Each line is processed
/// once, and every pattern is bounded.
/// </summary>
internal static partial class MarkdownReader
{
    public static IReadOnlyList<MarkdownBlock> Blocks(string markdown)
    {
        var blocks = new List<MarkdownBlock>();
        var open = new StringBuilder();
        var openKind = MarkdownKind.Paragraph;
        var inCode = false;

        foreach (var raw in markdown.AsSpan(FrontMatter().Match(markdown).Length).EnumerateLines())
        {
            var line = raw.Trim().TrimStart("> ").ToString();
            var fence = line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal);
            var (kind, text, starts) = inCode || fence ? (MarkdownKind.Code, fence ? "" : line, fence) : Classify(line);
            inCode ^= fence;

            var continues = !starts && (kind == openKind || (kind == MarkdownKind.Paragraph && openKind == MarkdownKind.ListItem));
            if (!continues)
            {
                Close(kind);
            }

            if (text.Length > 0)
            {
                open.Append(open.Length == 0 ? "" : " ").Append(text);
            }
        }

        Close(MarkdownKind.Paragraph);
        return blocks;

        void Close(MarkdownKind next)
        {
            var text = openKind == MarkdownKind.Code ? open.ToString() : Plain(open.ToString());
            if (text.Length > 0)
            {
                blocks.Add(new MarkdownBlock(openKind, text));
            }

            open.Clear();
            openKind = next;
        }
    }

    /// <summary>The kind of the line, its text without the marker, and whether it ends the previous block.</summary>
    private static (MarkdownKind Kind, string Text, bool Starts) Classify(string line)
    {
        var hashes = line.AsSpan().IndexOfAnyExcept('#');
        if (hashes is > 0 and <= 6 && line[hashes] == ' ')
        {
            return (MarkdownKind.Heading, line.Trim('#', ' '), true);
        }

        if (line.StartsWith('|'))
        {
            return (MarkdownKind.Table, line, false);
        }

        if (line.AsSpan().IndexOfAnyExcept("-=*_ ") < 0)
        {
            return (MarkdownKind.Paragraph, "", true);
        }

        var marker = ListMarker().Match(line);
        return marker.Success
            ? (MarkdownKind.ListItem, line[marker.Length..], true)
            : (MarkdownKind.Paragraph, line, false);
    }

    private static string Plain(string text)
    {
        var unlinked = Link().Replace(text, "${text}");
        var unmarked = Emphasis().Replace(unlinked, "").Replace("`", "", StringComparison.Ordinal);
        return Spaces().Replace(unmarked, " ").Trim();
    }

    [GeneratedRegex(@"\A---\r?\n(?:(?!---)[^\n]{0,500}\n){0,50}---\s*\n", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"^(?:[-*+]|\d{1,4}[.)])[ \t]{1,4}(?:\[[ xX]\][ \t])?", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex ListMarker();

    [GeneratedRegex(@"!?\[(?<text>[^\[\]]{0,300})\]\([^()\s]{0,500}\)", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Spaces();
}
