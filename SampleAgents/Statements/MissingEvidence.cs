using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Statements;

/// <summary>Approvals and evidence that a document states to be missing or only verbal.</summary>
internal static partial class MissingEvidence
{
    /// <summary>The start of the first match in this text; null if there is none.</summary>
    public static int? Find(string text) =>
        Missing().Matches(text).Take(SentenceContext.MaxPlaces).Select(match => (int?)match.Index)
            .FirstOrDefault(index => IsStated(text, index!.Value));

    private static bool IsStated(string text, int index) =>
        !SentenceContext.IsQuoted(text, index) && !SentenceContext.IsConditional(text, index) && !SentenceContext.IsRule(text, index);

    [GeneratedRegex(
        """
        \b(?:approval|authori[sz]ation|consent|acceptance|assessment|confirmation|evidence|proof|receipt|protocol|minutes|record|signature
            |contract|offer|sign-off|certificate|documentation)s?\b
            [^.;:|\n]{0,60}\b(?:is|are|was|were)\s(?:still\s)?(?:missing|lost|unsigned|undocumented|not\s(?:documented|signed|recorded
                |dated|filed))\b
        | \b(?:approv(?:al|ed)|agreed|consent(?:ed)?|accept(?:ance|ed)|authori[sz](?:ation|ed)|confirm(?:ation|ed)|given|granted)\b
            [^.;|\n]{0,60}\b(?:verbally|orally|(?:by|over\sthe)\s(?:tele)?phone|by\sword\sof\smouth)\b
        | \b(?:\w{2,20}ed|paid|made|sent|bought|given|done)\b[^.;|\n]{0,60}
            \bwithout\s(?:(?:an?|any|the|prior|written|second|formal|documented)\s){0,3}(?:approval|authori[sz]ation|purchase\sorder
                |sign-?off|signature|consent|mandate|contract)\b
        | \bunapproved\s(?:transfer|payment|purchase|expense|order|change|access|invoice)s?\b
        | \b(?:has|have|had)\snot\sbeen\s(?:documented|signed|verified|reviewed|approved|authori[sz]ed|audited)\b
        | \b(?:was|were|is|are)\snot\s(?:documented|signed|verified|reviewed|approved|authori[sz]ed|audited|countersigned)\b
        | \b(?:nobody|no\sone)\s(?:has\s)?(?:ever\s)?(?:reviewed|checked|approved|verified|signed|tested)\b
        | \b(?:approval|evidence|proof|receipt|protocol|minutes|record|contract|certificate|report|file)s?\b[^.;:|\n]{0,60}\b(?:could
            |can)\s?not\sbe\s(?:found|produced|shown)\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Missing();
}
