using TraceDemo.SampleAgents.Review.SensitiveValues;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>A document in lines, with its sensitive values already detected.</summary>
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

    /// <summary>Whether the metadata, which is not part of the lines, names an owner.</summary>
    public string? Owner { get; }

    /// <summary>A finding about the document as a whole, shown with its first words.</summary>
    public Finding Missing(Severity severity, string rule, string message) =>
        (Lines.FirstOrDefault(line => line.Text.AsSpan().ContainsAnyExcept(" -\t")) ?? Lines[0]).Finding(severity, rule, message, 0);
}
