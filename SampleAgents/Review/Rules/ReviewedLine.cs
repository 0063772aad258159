using TraceDemo.SampleAgents.Review.SensitiveValues;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

internal sealed record ReviewedLine(int Number, string Text, IReadOnlyList<SensitiveValue> Sensitive)
{
    private const int MaxExcerpt = 160;
    private const int BeforeMatch = 60;

    public bool IsTable => Text.AsSpan().TrimStart().StartsWith('|');

    public Finding Finding(Severity severity, string rule, string message, int position) =>
        new(severity, rule, Number, message, Excerpt(position));

    /// <summary>Truncated only after masking: half of a masked value reveals nothing, half of a value does.</summary>
    private string Excerpt(int position)
    {
        var masked = Masking.Mask(Text, Sensitive, position, out var maskedPosition);
        if (masked.Length <= MaxExcerpt)
        {
            return masked.Trim();
        }

        var start = Math.Clamp(maskedPosition - BeforeMatch, 0, masked.Length - MaxExcerpt);
        var end = start + MaxExcerpt;
        return (start > 0 ? "…" : "") + masked[start..end].Trim() + (end < masked.Length ? "…" : "");
    }
}
