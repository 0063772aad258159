namespace TraceDemo.Dashboard.Traces;

/// <summary>One span's line: where it stands in the tree and in time (both parts of 1000).</summary>
public sealed record WaterfallRow(Span Span, int Depth, bool ParentMissing, double Left, double Width, IReadOnlyList<LogRecord> Logs)
{
    public TimeSpan Duration => TraceSummary.Elapsed(Span.Start, Span.End);
}

/// <summary>Orders the spans of a trace by tree and time. Hostile parents (loops, itself) must not make it lose or repeat a span.</summary>
internal static class Waterfall
{
    public const int MaxRows = 2000;

    public static IReadOnlyList<WaterfallRow> Rows(TraceSnapshot trace)
    {
        if (trace.Spans.Count == 0) { return []; }
        var start = trace.Spans.Min(span => span.Start);
        var length = Math.Max(1.0, trace.Spans.Max(span => span.End) - start);
        var logs = trace.Logs.OrderBy(log => log.Time).ToLookup(log => (log.Service, log.SpanId));
        return [.. Ordered(trace.Spans).Take(MaxRows).Select(item => new WaterfallRow(
            item.Span, item.Depth, item.ParentMissing,
            (item.Span.Start - start) / length * 1000, (item.Span.End - item.Span.Start) / length * 1000,
            [.. logs[(item.Span.Service, item.Span.Id)]]))];
    }

    private static IEnumerable<(Span Span, int Depth, bool ParentMissing)> Ordered(IReadOnlyList<Span> spans)
    {
        var ids = spans.Select(span => span.Id).ToHashSet();
        var children = spans.OrderBy(span => span.Start).ToLookup(span => span.ParentId);
        var seen = new HashSet<Span>(ReferenceEqualityComparer.Instance);
        var roots = spans.Where(span => !ids.Contains(span.ParentId)).OrderBy(span => span.Start);

        // What hangs in a loop is below no root, and comes at the end.
        foreach (var root in roots.Concat(spans.OrderBy(span => span.Start)))
        {
            var open = new Stack<(Span Span, int Depth)>([(root, 0)]);
            while (open.TryPop(out var item))
            {
                if (!seen.Add(item.Span)) { continue; }
                yield return (item.Span, item.Depth, item.Depth == 0 && item.Span.ParentId.IsValid);
                foreach (var child in children[item.Span.Id].Reverse()) { open.Push((child, item.Depth + 1)); }
            }
        }
    }
}
