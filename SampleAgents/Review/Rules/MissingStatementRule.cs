using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Statements that a reliable document must contain: owner, date and approval.</summary>
internal sealed partial class MissingStatementRule : IReviewRule
{
    private readonly string _rule;
    private readonly string _message;
    private readonly Regex _statement;
    private readonly ReviewType[] _types;

    private MissingStatementRule(string rule, string message, Regex statement, params ReviewType[] types)
    {
        _rule = rule;
        _message = message;
        _statement = statement;
        _types = types;
    }

    public static MissingStatementRule Owner { get; } = new(
        "missing.owner", "No owner or responsible person is named: state who owns the document.", OwnerStatement(), ReviewType.General,
        ReviewType.Compliance)
    {
        FromMetadata = document => document.Owner is { Length: > 0 } owner && OwnerStatement().IsMatch($"Owner: {owner}"),
    };

    public static MissingStatementRule Date { get; } = new(
        "missing.date", "There is no date: state when it was written or takes effect.", DateStatement(), ReviewType.General,
        ReviewType.Compliance);

    public static MissingStatementRule Approval { get; } = new(
        "missing.approval", "No approval is recorded: state who approved the document.", ApprovalStatement(), ReviewType.Compliance);

    private Func<ReviewedDocument, bool> FromMetadata { get; init; } = _ => false;

    public bool AppliesTo(ReviewType type) => _types.Contains(type);

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        FromMetadata(document) || document.Lines.Any(line => _statement.IsMatch(line.Text))
            ? []
            : [document.Missing(Severity.Medium, _rule, _message)];

    // A label at the start of a line, sentence or cell: "the person responsible was on leave" names no one.
    [GeneratedRegex(
        """
        (?:^[\s>*_|+-]{0,8}|[.;|]\s{1,3}[*_]{0,3})
        (?:(?:(?:document|policy|process|content)\s)?owner(?:\sof\s[\w ]{1,40}?\sis)?|(?:owned|prepared|written|compiled|maintained)\sby
            |author|responsible(?:\sperson|\sfor\s[\w ]{1,40})?|accountable|contact)
        [*_]{0,3}\s{0,3}[:|]?[*_]{0,3}\s{1,3}
        (?!(?:n/?a|tb[acd]|none|nobody|unknown|open|pending|vacant|not\syet|to\sbe)\b)[\w/@]
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex OwnerStatement();

    [GeneratedRegex(
        @"\b(?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
            + @"nov|dec)[a-z]{0,6}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)\d\d|Q[1-4][ /-]?(?:19|20)\d\d)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex DateStatement();

    // "Approvals:" counts as a label only: "each grant needs two approvals: …" is a rule of the document, not its own approval.
    [GeneratedRegex(
        """
        \b(?:(?:approved|authori[sz]ed|released|adopted|signed(?:\soff)?)\sby|approved\son|agreed\swith\s[^.;\n]{1,60}\son\s\d
            |approver[*_]{0,3}:|sign-off[*_]{0,3}:)
        | (?:^[\s>*_|+-]{0,8}|[.;|]\s{1,3}[*_]{0,3})
          (?:approvals?(?:\sby\s[^:\n]{1,60})?|signed)[*_]{0,3}\s?[:|](?![*_|\s]{0,4}(?:pending|open|none|missing|tb[acd]|n/?a|not\syet
              |to\sbe)\b)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex ApprovalStatement();
}
