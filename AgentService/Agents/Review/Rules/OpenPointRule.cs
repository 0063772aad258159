using System.Text.RegularExpressions;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents.Review.Rules;

/// <summary>Places that the author meant to come back to.</summary>
internal sealed partial class OpenPointRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        let match = OpenPoint().Match(line.Text)
        where match.Success
        select line.Finding(Severity.Medium, "content.open_point", "An open point: settle it or take it out.", match.Index);

    // Case matters: "todo" and "tbd" in capitals are marks, in prose they may be words of another language.
    [GeneratedRegex(@"\b(?:TODO|FIXME|TBD|TBC|XXX|WIP)\b|\?\?\?|\b[Ll]orem ipsum\b|\b[Tt]o be (?:determined|decided|confirmed|defined)\b|\b(?:[Aa]pproval|[Dd]ecision|[Rr]eview)\b[^.;\n]{0,60}\bpending\b", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex OpenPoint();
}
