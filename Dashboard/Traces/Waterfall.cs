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
        var logs = trace.Logs.OrderBy(log => log.Time).ToLookup(log => new SpanKey(log.Service, log.SpanId));
        return [.. Shared([.. Ordered([.. trace.Spans.OrderBy(span => span.Start)])]).Select(item => new WaterfallRow(
            item.Span, item.Depth, item.ParentMissing,
            (item.Span.Start - start) / length * 1000, (item.Span.End - item.Span.Start) / length * 1000,
            [.. logs[new SpanKey(item.Span.Service, item.Span.Id)]]))];
    }

    private static IEnumerable<(Span Span, int Depth, bool ParentMissing)> Ordered(Span[] spans)
    {
        var tree = new SpanTree(spans);
        var depths = new int[spans.Length];
        var seen = new bool[spans.Length];
        var open = new Stack<int>();
        var roots = Enumerable.Range(0, spans.Length).Where(index => !tree.TryGetParent(index, out _));

        // What hangs in a loop is below no root, and comes at the end.
        foreach (var root in roots.Concat(Enumerable.Range(0, spans.Length)))
        {
            if (seen[root]) { continue; }
            open.Push(root);
            while (open.TryPop(out var index))
            {
                if (seen[index]) { continue; }
                seen[index] = true;
                depths[index] = index != root && tree.TryGetParent(index, out var parent) ? depths[parent] + 1 : 0;
                yield return (spans[index], depths[index], index == root && spans[index].ParentId.IsValid);
                tree.PushChildren(index, open);
            }
        }
    }

    /// <summary>As many as fit, the same number of each sender: who sends much hides nobody else's.</summary>
    private static IEnumerable<(Span Span, int Depth, bool ParentMissing)> Shared(List<(Span Span, int Depth, bool ParentMissing)> rows)
    {
        if (rows.Count <= MaxRows) { return rows; }
        var quota = Quota([.. rows.CountBy(row => row.Span.Service).Select(sender => sender.Value).Order()]);
        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        return rows.Where(row => (shown[row.Span.Service] = shown.GetValueOrDefault(row.Span.Service) + 1) <= quota).Take(MaxRows);
    }

    /// <summary>How many rows each sender may have; what a small one leaves is for the others.</summary>
    private static int Quota(int[] ascendingCounts)
    {
        var (left, quota) = (MaxRows, 0);
        for (var index = 0; index < ascendingCounts.Length; index++)
        {
            quota = Math.Max(1, left / (ascendingCounts.Length - index));
            left -= Math.Min(quota, ascendingCounts[index]);
        }

        return quota;
    }
}
