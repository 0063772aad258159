using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Large numbers without a currency before or a unit or noun after
/// them. In tables the header is the label.</summary>
internal sealed partial class UnlabelledNumberRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type == ReviewType.General;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        document.Lines.Any(line => UnitForAll().IsMatch(line.Text)) ? [] : Unlabelled(document);

    private static IEnumerable<Finding> Unlabelled(ReviewedDocument document) =>
        from line in document.Lines
        where !line.IsTable
        from match in Number().Matches(line.Text)
        where !IsYear(match.ValueSpan) && !HasLabel(line.Text, match)
            && !line.Sensitive.Any(value => value.Start < match.Index + match.Length && match.Index < value.End)
        select line.Finding(Severity.Low, "content.unlabelled_number",
            "A number without a unit or currency: add one.", match.Index);

    private static bool IsYear(ReadOnlySpan<char> number) => number.Length == 4 && (number.StartsWith("19") || number.StartsWith("20"));

    private static bool HasLabel(string line, Match number)
    {
        var before = line.AsSpan(0, number.Index);
        return LabelBefore().IsMatch(before[^Math.Min(before.Length, 12)..])
            || LabelBehind().IsMatch(line.AsSpan(number.Index + number.Length));
    }

    [GeneratedRegex(@"(?<![\w.,:/#-])(?:\d{1,3}(?:,\d{3}){1,5}|\d{4,15})(?:\.\d{1,6})?(?![\w:/-]|[.,]\d)", RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(?:figures|amounts|numbers|values) (?:are |is )?(?:stated |given )?in (?:thousands?|millions?|billions?|euros?|dollars?|"
            + @"pounds|[A-Z]{3}\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex UnitForAll();

    [GeneratedRegex(@"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|CNY|No\.|number|page|port|room|version|RFC|ISO|PO Box)) ?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex LabelBefore();

    [GeneratedRegex(
        @"\A(?: ?[%‰€$£¥°]|[ -](?!(?:in|and|or|of|by|for|to|the|an?|at|on|from|with|as|is|was|are|were|than|this|that|last|next|per|"
            + @"which|while|but|compared)\b)\p{L})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex LabelBehind();
}
