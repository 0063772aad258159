namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>Spans as indented lines: children below their parent, in the order in which they began.</summary>
internal static class SpanTree
{
    /// <summary>Spans whose parent was not received.</summary>
    public static IEnumerable<ReceivedSpan> Roots(IReadOnlyCollection<ReceivedSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Where(span => !ids.Contains(span.ParentId));
    }

    /// <summary>The tree below the only root. A server's span bears the name of its service.</summary>
    public static IEnumerable<string> Lines(IReadOnlyCollection<ReceivedSpan> spans) => Lines(spans, Assert.Single(Roots(spans)), 0);

    private static IEnumerable<string> Lines(IReadOnlyCollection<ReceivedSpan> spans, ReceivedSpan span, int depth)
    {
        yield return new string(' ', depth * 2) + (span.Scope == "Microsoft.AspNetCore" ? $"{span.Service} {span.Name}" : span.Name);
        foreach (var line in spans.Where(child => child.ParentId == span.SpanId).OrderBy(child => child.Start)
            .SelectMany(child => Lines(spans, child, depth + 1)))
        {
            yield return line;
        }
    }
}
