using System.Collections.Frozen;

namespace TraceDemo.SampleAgents.Markdown;

/// <summary>Splits plain text into sentences: after <c>. ! ?</c> and a space, unless
/// the full stop belongs to an abbreviation or an initial.</summary>
internal static class Sentences
{
    private static readonly FrozenSet<string> Abbreviations = FrozenSet.ToFrozenSet(
        ["e.g", "i.e", "etc", "cf", "vs", "approx", "no", "nr", "fig", "sec", "dr", "mr", "mrs", "ms", "prof", "inc", "ltd", "dept"],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!EndsAt(text, start, i))
            {
                continue;
            }

            yield return text[start..(i + 1)].Trim();
            start = i + 1;
        }

        if (text.AsSpan(start).Trim().Length > 0)
        {
            yield return text[start..].Trim();
        }
    }

    private static bool EndsAt(string text, int start, int i)
    {
        if (text[i] is not ('.' or '!' or '?') || i + 2 >= text.Length || text[i + 1] != ' ')
        {
            return false;
        }

        if (!char.IsUpper(text[i + 2]) && !char.IsAsciiDigit(text[i + 2]) && text[i + 2] is not ('"' or '\'' or '(' or '“'))
        {
            return false;
        }

        if (text[i] != '.')
        {
            return true;
        }

        var word = text.AsSpan(start, i - start);
        word = word[(word.LastIndexOf(' ') + 1)..].TrimStart("(\"'");
        var initial = word.Length == 1 && char.IsUpper(word[0]);
        return !initial && !(word.Length <= 6 && Abbreviations.Contains(word.ToString()));
    }
}
