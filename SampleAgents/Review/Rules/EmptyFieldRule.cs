using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>A sign-off or another field that the author left blank: "Reviewed by: –".</summary>
internal sealed partial class EmptyFieldRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document)
    {
        for (var i = 0; i < document.Lines.Count; i++)
        {
            var line = document.Lines[i];
            if (Field().Match(line.Text) is { Success: true } field && (field.Groups["dash"].Length > 0 || !ContinuesBelow(document, i)))
            {
                yield return line.Finding(Severity.Medium, "content.empty_field", "A field is empty: complete it.",
                    field.Groups["label"].Index);
            }
        }
    }

    /// <summary>Whether its value is on the next lines, as a list or as text.</summary>
    private static bool ContinuesBelow(ReviewedDocument document, int index)
    {
        var next = document.Lines.Skip(index + 1).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Text))?.Text.TrimStart();
        return next is not null && next[0] is not '#' && !Label().IsMatch(next);
    }

    [GeneratedRegex(@"^[*_|\s]{0,5}\w{1,20}(?: \w{1,20}){0,3}[*_]{0,3}\s?:", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Label();

    [GeneratedRegex(
        """
        (?:^[\s>*_|+-]{0,8}|[.;]\s{1,3}[*_]{0,3}|\|\s{0,3}[*_]{0,3})
        (?<label>(?:reviewed|approved|signed|authori[sz]ed|released|received|checked|verified|prepared|confirmed|accepted|adopted|approval
            |sign-off|owner|author|approver|reviewer|responsible|deputy|contact|date|deadline|due)
            (?:\s(?:by|on|for|of|off)\b[^:|.;\n]{0,40})?)
        [*_]{0,3}\s{0,3}(?::[*_]{0,3}\s{0,5}(?<dash>(?:[-–—_.…]{1,20}|n/?a)?)\s{0,3}\|?|\|\s{0,5}(?<dash>[-–—_.…]{1,20}
            |n/?a)\s{0,3}\|)\s{0,3}$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Field();
}
