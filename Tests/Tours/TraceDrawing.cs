namespace TraceDemo.Tests.Tours;

/// <summary>A trace as a page draws it: a tree of spans, from which any may be left out, and services that have no span in it.</summary>
internal sealed record TraceDrawing(IReadOnlyList<DrawnSpan> Lines, IReadOnlyList<string> Absent)
{
    private const string AbsentPrefix = "no span of ";

    /// <summary>Which of the page's answers it belongs to, counted from 0.</summary>
    public required int Answer { get; init; }

    public required string Viewer { get; init; }

    /// <summary>What the trace's page is headed; null where the tour does not say.</summary>
    public string? Heading { get; init; }

    public static (IReadOnlyList<DrawnSpan> Lines, IReadOnlyList<string> Absent) Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToLookup(line => line.StartsWith(AbsentPrefix, StringComparison.Ordinal));
        return ([.. lines[false].Select(DrawnSpan.Read)], [.. lines[true].Select(line => line[AbsentPrefix.Length..].Trim())]);
    }

    /// <summary>Whether the spans hold the drawing, its first line as the root of all that the viewer sees.</summary>
    public bool IsDrawingOf(IReadOnlyList<TourSpan> spans) =>
        Absent.All(service => spans.All(span => span.Service != service))
        && spans.Any(root => spans.All(span => span.Id != root.ParentId) && Fits(0, root, null, spans));

    /// <summary>The span fits the line, and for each line below it there is one below the span.</summary>
    private bool Fits(int line, TourSpan span, TourSpan? parent, IReadOnlyList<TourSpan> spans) =>
        Lines[line].IsDrawingOf(span, parent)
        && Below(line).All(child => Descendants(span, spans).Any(found => Fits(child, found.Span, found.Parent, spans)));

    private IEnumerable<int> Below(int line) =>
        Enumerable.Range(line + 1, Lines.Count - line - 1).TakeWhile(other => Lines[other].Depth > Lines[line].Depth)
            .Where(other => Lines[other].Depth == Lines[line].Depth + 1);

    private static IEnumerable<(TourSpan Span, TourSpan Parent)> Descendants(TourSpan span, IReadOnlyList<TourSpan> spans) =>
        spans.Where(other => other.ParentId == span.Id)
            .SelectMany(child => Descendants(child, spans).Prepend((child, span)));
}
