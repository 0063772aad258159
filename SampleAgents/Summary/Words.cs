using System.Collections.Frozen;

namespace TraceDemo.SampleAgents.Summary;

/// <summary>The meaningful words of a sentence, in lower case and without a plural s.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Stopwords = FrozenSet.ToFrozenSet(
        """
        about above after again against all also and any are because been before being below between both but can cannot could did does
        doing down during each few for from further had has have having her here hers him his how into its itself just may more most must
        nor not now off once only other our ours out over own per same shall she should some such than that the their theirs them then
        there these they this those through too under until upon very was were what when where which while who whom why will with within
        without would you your yours
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    public static IReadOnlyList<string> Extract(string sentence)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= sentence.Length; i++)
        {
            if (i < sentence.Length && char.IsLetterOrDigit(sentence[i]))
            {
                continue;
            }

            if (i - start >= 3)
            {
                Add(words, sentence[start..i].ToLowerInvariant());
            }

            start = i + 1;
        }

        return words;
    }

    private static void Add(List<string> words, string word)
    {
        if (Stopwords.Contains(word))
        {
            return;
        }

        var plural = word.Length > 4 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal);
        words.Add(plural ? word[..^1] : word);
    }
}
