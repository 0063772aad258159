using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Summary;

internal static partial class SectionKinds
{
    public static SectionKind Of(string heading) =>
        Essence().IsMatch(heading) ? SectionKind.Essence
        : Open().IsMatch(heading) ? SectionKind.Open
        : SectionKind.Ordinary;

    // Matches the whole heading: "All-hands meeting: summary" is the title of a document.
    [GeneratedRegex(
        @"^(?:\d{1,3}[.)]? )?(?:(?:executive|management|short) )?(?:summary|abstract|synopsis|overview|conclusions?|highlights|"
            + @"key (?:points|figures|findings|messages|results)|in (?:short|brief)|at a glance|tl;?dr)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Essence();

    [GeneratedRegex(
        @"\b(?:open (?:points?|questions?|issues?|items?|matters)|outstanding|unresolved|risks?|issues|next steps|decisions? (?:needed|"
            + @"required|pending)|to do|action items)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Open();
}
