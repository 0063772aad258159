using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>Private keys in their textual encoding (RFC 7468 §10): from the header
/// to the footer, or as long as the lines look like a key.</summary>
internal static partial class PrivateKeyBlocks
{
    private const int MaxLines = 200;

    /// <summary>For each line, the value to hide as part of a key; null if the line is not part of one.</summary>
    public static IReadOnlyList<SensitiveValue>?[] Find(string[] lines)
    {
        var found = new IReadOnlyList<SensitiveValue>?[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var header = Header().Match(lines[i]);
            if (!header.Success)
            {
                continue;
            }

            var last = LastLine(lines, i, header);
            found[i] = Hide(lines[i]);
            for (var line = i + 1; line <= last; line++)
            {
                found[line] = Hide(lines[line]);
            }

            i = last;
        }

        return found;
    }

    private static IReadOnlyList<SensitiveValue> Hide(string line) => [new SensitiveValue(SensitiveKind.PrivateKey, 0, line.Length)];

    private static int LastLine(string[] lines, int first, Match header)
    {
        if (lines[first].IndexOf("-----END", header.Index, StringComparison.Ordinal) >= 0)
        {
            return first;
        }

        var end = Math.Min(lines.Length, first + MaxLines);
        for (var i = first + 1; i < end; i++)
        {
            if (lines[i].Contains("-----END", StringComparison.Ordinal))
            {
                return i;
            }
        }

        // No footer: hiding everything after it would let a stray header disable the review.
        var last = first;
        while (last + 1 < end && EncodedLine().IsMatch(lines[last + 1]))
        {
            last++;
        }

        return last;
    }

    [GeneratedRegex("-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----", RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[ \t>]{0,8}[A-Za-z0-9+/=]+\s*$", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex EncodedLine();
}
