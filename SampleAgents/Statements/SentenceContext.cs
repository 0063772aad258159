using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Statements;

/// <summary>The context of a place in a line: the same words can be a fault of the
/// document, a quotation, or a rule about such faults.</summary>
internal static partial class SentenceContext
{
    /// <summary>The number of places per line whose context is examined, so that a
    /// line full of matches costs no more than others.</summary>
    public const int MaxPlaces = 20;

    private const int MaxReach = 500;

    /// <summary>Whether it is between quotation marks on this line.</summary>
    public static bool IsQuoted(string line, int position)
    {
        var before = line.AsSpan(0, position);
        var after = line.AsSpan(position);
        return (before.Count('"') % 2 == 1 && after.Contains('"'))
            || (before.LastIndexOf('“') > before.LastIndexOf('”') && after.Contains('”'));
    }

    /// <summary>Whether it describes a hypothetical case: "while the decision is pending, …".</summary>
    public static bool IsConditional(string line, int position)
    {
        var (start, _) = SentenceAt(line, position);
        return Condition().IsMatch(line.AsSpan(start, position - start));
    }

    /// <summary>Whether it states a requirement, not a fact: "nothing may be paid without approval".</summary>
    public static bool IsRule(string line, int position)
    {
        var (start, end) = SentenceAt(line, position);
        return Rule().IsMatch(line.AsSpan(start, end - start));
    }

    /// <summary>The sentence around a place, cut at a full stop, a semicolon, or a question or exclamation mark before a space.</summary>
    public static (int Start, int End) SentenceAt(string line, int position)
    {
        var start = position;
        while (start > 0 && position - start < MaxReach && !(line[start - 1] == ' ' && start > 1 && EndsSentence(line[start - 2])))
        {
            start--;
        }

        var end = position;
        while (end < line.Length && end - position < MaxReach
            && !(EndsSentence(line[end]) && (end + 1 == line.Length || line[end + 1] == ' ')))
        {
            end++;
        }

        return (start, end);
    }

    private static bool EndsSentence(char c) => c is '.' or ';' or '!' or '?';

    [GeneratedRegex(@"(?:^|[,:]\s|\b(?:and|or|but)\s)(?:while|when(?:ever)?|if|as long as|until|unless|once)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Condition();

    // Case matters: "May" is a month.
    [GeneratedRegex(
        @"\b(?:must|may|shall|should|cannot|can't|[Nn]ever|not (?:allowed|permitted|accepted)|forbidden|prohibited|blocks?|blocked|"
            + @"rejects?|rejected|refuses?|requires?|required)\b",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Rule();
}
