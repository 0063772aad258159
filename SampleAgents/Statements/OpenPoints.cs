using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Statements;

/// <summary>Open points of a document: a marker of its author, or a pending decision, date or person.</summary>
internal static partial class OpenPoints
{
    /// <summary>The start of the first match in this text; null if there is none.</summary>
    public static int? Find(string text)
    {
        if (Mark().Match(text) is { Success: true } mark)
        {
            return mark.Index;
        }

        return Open().Matches(text).Take(SentenceContext.MaxPlaces).Select(match => (int?)match.Index)
            .FirstOrDefault(index => !SentenceContext.IsQuoted(text, index!.Value) && !SentenceContext.IsConditional(text, index.Value));
    }

    // Case matters: "todo" and "tbd" in capitals are markers; in prose they may be words of another language.
    [GeneratedRegex(@"\b(?:TODO|FIXME|TBD|TBC|TBA|XXX|WIP)\b|\?\?\?|\b[Ll]orem ipsum\b", RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex Mark();

    [GeneratedRegex(
        """
        (?<!\b(?:has|have|had|needs?|ought|going)\s)\bto\sbe\s(?:determined|decided|confirmed|defined|named|agreed|announced|assigned
            |appointed|nominated|clarified|specified|fixed)\b
        | \bnot\syet\s(?:been\s)?(?:named|decided|agreed|approved|assigned|appointed|defined|set|fixed|known|clarified|signed|confirmed
            |verified|reviewed|documented|tested|closed)\b
        | \b(?:approval|decision|review)\b[^.;\n]{0,60}\bpending\b
        | \b(?:answers?|repl(?:y|ies)|responses?|confirmations?|approvals?|decisions?|signatures?)\b[^.;|\n]{0,30}\b(?:is|are
            |remains?)\s(?:still\s)?(?:outstanding|awaited|overdue)\b
        | \bno\s(?:\w{1,20}\s){1,2}(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:yet\s)?(?:named|appointed|assigned|nominated|designated)\b
        | \b(?:has|have|with)\sno\s(?:end\sdate|expiry(?:\sdate)?|due\sdate|deadline|owner|deputy|successor)\b
        | \b(?:date|deadline|owner|deputy|successor|price|budget|amount)\b[^.;|\n]{0,40}\b(?:has|have|was|were|is
            |are)\snot\s(?:been\s)?(?:set|named|decided|agreed|defined|fixed|appointed)\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Open();
}
