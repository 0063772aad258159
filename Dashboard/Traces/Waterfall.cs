namespace TraceDemo.Dashboard.Traces;

/// <summary>Orders the spans of a trace by tree and time. Hostile parents (loops, itself) must not lose or repeat a span.</summary>
internal static class Waterfall
{
    /// <summary>The maximum number of average-sized rows on a page; a row with much content counts as several.</summary>
    public const int MaxRows = 2000;

    private const int UsualCharacters = 2048;

    public static IReadOnlyList<WaterfallRow> Rows(TraceSnapshot trace) => Rows(trace, MaxRows);

    public static IReadOnlyList<WaterfallRow> Rows(TraceSnapshot trace, int maxRows)
    {
        if (trace.Spans.Count == 0)
        {
            return [];
        }
        var start = trace.Spans.Min(span => span.Start);
        var length = Math.Max(1.0, trace.Spans.Max(span => span.End) - start);
        var logs = trace.Logs.OrderBy(log => log.Time).ToLookup(log => new SpanKey(log.Service, log.SpanId));
        return Shared([.. Ordered([.. trace.Spans.OrderBy(span => span.Start)]).Select(item =>
        {
            var details = RowDetails.Of(item.Span, [.. logs[new SpanKey(item.Span.Service, item.Span.Id)]]);
            return new WaterfallRow(details.Span, item.Depth, item.ParentMissing, (item.Span.Start - start) / length * 1000,
                (item.Span.End - item.Span.Start) / length * 1000, details.Logs)
            {
                IsCut = details.IsCut,
                Cost = CostOf(details.Characters),
            };
        })], maxRows);
    }

    /// <summary>The size of this many characters, in average-sized rows.</summary>
    public static int CostOf(int characters) => 1 + (characters / UsualCharacters);

    private static IEnumerable<(Span Span, int Depth, bool ParentMissing)> Ordered(Span[] spans)
    {
        var tree = new SpanTree(spans);
        var depths = new int[spans.Length];
        var seen = new bool[spans.Length];
        var open = new Stack<int>();
        var roots = Enumerable.Range(0, spans.Length).Where(index => !tree.TryGetParent(index, out _));

        // Spans in a loop are below no root, and come last.
        foreach (var root in roots.Concat(Enumerable.Range(0, spans.Length)))
        {
            if (seen[root])
            {
                continue;
            }
            open.Push(root);
            while (open.TryPop(out var index))
            {
                if (seen[index])
                {
                    continue;
                }
                seen[index] = true;
                depths[index] = index != root && tree.TryGetParent(index, out var parent) ? depths[parent] + 1 : 0;
                yield return (spans[index], depths[index], index == root && spans[index].ParentId.IsValid);
                tree.PushChildren(index, open);
            }
        }
    }

    /// <summary>As many as fit, equally for each sender: a sender with many spans does not hide another's.</summary>
    private static List<WaterfallRow> Shared(List<WaterfallRow> rows, int maxRows)
    {
        if (rows.Sum(row => row.Cost) <= maxRows)
        {
            return rows;
        }
        var quota =
            Quota(
                [.. rows.AggregateBy(row => row.Span.Service, 0, (cost, row) => cost + row.Cost, StringComparer.Ordinal)
                    .Select(sender => sender.Value).Order()], maxRows);
        var (all, shown) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        return rows.FindAll(row =>
        {
            var cost = shown.GetValueOrDefault(row.Span.Service) + row.Cost;
            if (cost > quota || all + row.Cost > maxRows)
            {
                return false;
            }
            shown[row.Span.Service] = cost;
            all += row.Cost;
            return true;
        });
    }

    /// <summary>Each sender's share; the unused part of a small one goes to the others.</summary>
    private static int Quota(int[] ascendingCosts, int maxRows)
    {
        var (left, quota) = (maxRows, 0);
        for (var index = 0; index < ascendingCosts.Length; index++)
        {
            quota = Math.Max(1, left / (ascendingCosts.Length - index));
            left -= Math.Min(quota, ascendingCosts[index]);
        }

        return quota;
    }
}
