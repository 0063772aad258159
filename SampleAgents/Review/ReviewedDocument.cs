using TraceDemo.SampleAgents.Review.SensitiveValues;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review;

/// <summary>A document in lines, with what must not be shown again already known.</summary>
internal sealed class ReviewedDocument
{
    public ReviewedDocument(AgentDocument source)
    {
        Owner = source.Owner;
        var lines = DocumentText.Bounded(source.Content).ReplaceLineEndings("\n").Split('\n');
        var keys = PrivateKeyBlocks.Find(lines);
        Lines = [.. lines.Select((text, index) => new ReviewedLine(index + 1, text, keys[index] ?? SensitiveValue.FindAll(text)))];
    }

    public IReadOnlyList<ReviewedLine> Lines { get; }

    /// <summary>Named in the document's metadata, which are no part of its lines.</summary>
    public string? Owner { get; }

    /// <summary>A finding about the document as a whole, shown with its first words.</summary>
    public Finding Missing(Severity severity, string rule, string message) =>
        (Lines.FirstOrDefault(line => line.Text.AsSpan().ContainsAnyExcept(" -\t")) ?? Lines[0]).Finding(severity, rule, message, 0);
}

internal sealed record ReviewedLine(int Number, string Text, IReadOnlyList<SensitiveValue> Sensitive)
{
    private const int MaxExcerpt = 160;
    private const int BeforeMatch = 60;

    public bool IsTable => Text.AsSpan().TrimStart().StartsWith('|');

    public Finding Finding(Severity severity, string rule, string message, int position) =>
        new(severity, rule, Number, message, Excerpt(position));

    /// <summary>Cut only after masking: half a masked value is still masked, half a value is half revealed.</summary>
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
