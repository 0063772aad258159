namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>A part of a line that must not be repeated.</summary>
internal sealed record SensitiveValue(SensitiveKind Kind, int Start, int End)
{
    /// <summary>All of a line, in order and without overlap; where two kinds overlap, the more severe one applies to the whole.</summary>
    public static IReadOnlyList<SensitiveValue> FindAll(string line)
    {
        var found = Secrets.Find(line).Concat(PersonalData.Find(line)).OrderBy(value => value.Start);
        var merged = new List<SensitiveValue>();
        foreach (var value in found)
        {
            if (merged.Count > 0 && value.Start < merged[^1].End)
            {
                merged[^1] = merged[^1].With(value).Widened(line);
            }
            else
            {
                merged.Add(value.Widened(line));
            }
        }

        return merged;
    }

    private SensitiveValue With(SensitiveValue other) =>
        new(Kind < other.Kind ? Kind : other.Kind, Math.Min(Start, other.Start), Math.Max(End, other.End));

    /// <summary>Extends the value to its delimiters, so that the length limit of a pattern leaves no part uncovered.</summary>
    private SensitiveValue Widened(string line)
    {
        var (start, end) = (Start, End);
        while (start > 0 && !IsBoundary(line[start - 1]))
        {
            start--;
        }

        while (end < line.Length && !IsBoundary(line[end]))
        {
            end++;
        }

        return this with { Start = start, End = end };

        static bool IsBoundary(char c) => char.IsWhiteSpace(c) || c is '|' or '(' or ')' or '<' or '>';
    }
}
