using System.Buffers;
using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>Detects secrets: values labelled as secret, keys in well-known formats, and strings too random to be words.</summary>
internal static partial class Secrets
{
    private const double MinBitsPerCharacter = 4.0;

    private static readonly SearchValues<char> Symbols = SearchValues.Create("!#$%&*+@^_~");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly HashSet<string> Placeholders = new(
        ["required", "optional", "none", "unknown", "redacted", "hidden", "null", "true", "false", "yes", "no"],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<SensitiveValue> Find(string line)
    {
        foreach (Match match in Assignment().Matches(line))
        {
            var value = match.Groups["value"];
            if (IsSecret(line, match.Groups["sign"].ValueSpan[0], value))
            {
                yield return new SensitiveValue(SensitiveKind.Password, value.Index, value.Index + value.Length);
            }
        }

        foreach (Match match in Credentials().Matches(line))
        {
            yield return new SensitiveValue(SensitiveKind.Password, match.Index, match.Index + match.Length);
        }

        foreach (Match match in WellKnownKey().Matches(line))
        {
            yield return new SensitiveValue(SensitiveKind.Key, match.Index, match.Index + match.Length);
        }

        foreach (Match match in LongWord().Matches(line))
        {
            if (LooksRandom(match.ValueSpan))
            {
                yield return new SensitiveValue(SensitiveKind.Key, match.Index, match.Index + match.Length);
            }
        }
    }

    /// <summary>After an equals sign anything is a value; after a colon or in a table
    /// cell, prose is more likely, so the value must not look like prose.</summary>
    private static bool IsSecret(string line, char sign, Group value)
    {
        var text = value.ValueSpan.Trim("\"'`,;.");
        if (text.Length < 4 || Placeholders.Contains(text.ToString()) || text[0] is '<' or '$' or '{' or '[' or '*')
        {
            return false;
        }

        if (sign == '=' || value.ValueSpan[0] is '"' or '\'' or '`')
        {
            return true;
        }

        var lastOnLine = line.AsSpan(value.Index + value.Length).Trim(" |").IsEmpty;
        return text.ContainsAnyInRange('0', '9') || text.ContainsAny(Symbols) || (sign == ':' && lastOnLine);
    }

    /// <summary>Mixed character classes with nearly random entropy, or a long run of hexadecimal digits; a UUID is neither.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyExcept(Hexadecimal))
        {
            return word.Length >= 32 && word.ContainsAnyInRange('0', '9') && word.ContainsAnyExceptInRange('0', '9');
        }

        if (!word.ContainsAnyInRange('a', 'z') || !word.ContainsAnyInRange('A', 'Z') || !word.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        Span<int> counts = stackalloc int[128];
        foreach (var c in word)
        {
            counts[c]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            bits -= count == 0 ? 0 : (double)count / word.Length * Math.Log2((double)count / word.Length);
        }

        return bits >= MinBitsPerCharacter;
    }

    [GeneratedRegex(
        """(?:password|passwd|passphrase|pwd|secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key|client[ _-]?secret)"""
            + """(?:[_-][A-Za-z0-9]{1,12}){0,2}[*`"']{0,3}[ \t]{0,3}(?<sign>[:=|])[*=]{0,2}[ \t]{0,3}"""
            + """(?<value>"[^"]+"|'[^']+'|`[^`]+`|[^\s|]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<=[A-Za-z0-9])://[^\s/:@]{1,200}:[^\s/@]{1,200}@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex Credentials();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9_-])(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|"
            + @"glpat-[A-Za-z0-9_-]{16,255}|sk-[A-Za-z0-9_-]{16,255}|xox[abeprs]-[A-Za-z0-9-]{10,255}|AIza[A-Za-z0-9_-]{30,40}|"
            + @"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex WellKnownKey();

    [GeneratedRegex(@"[A-Za-z0-9+/_=-]{24,}", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex LongWord();
}
