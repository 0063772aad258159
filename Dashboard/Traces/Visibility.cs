namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Decides which spans a viewer sees. A person sees what is below a gateway server span with their own pseudonym, and above it only
/// spans with the same one. Anyone can send another person's trace id, so sharing a trace proves nothing: only the path in the tree does.
/// In such a trace they also see spans of services behind the gateway that name them, wherever those are in the tree, so a service
/// that sends wrong spans or none cannot hide them.
/// </summary>
internal static class Visibility
{
    /// <summary>The part of the trace that the viewer may see; null if there is none.
    /// Takes linear time, once for each version.</summary>
    public static TraceSnapshot? SeenBy(this TraceSnapshot trace, Viewer viewer) =>
        viewer.SeesAll ? trace : trace.PartOf(viewer.Pseudonym, Find);

    private static TraceSnapshot? Find(TraceSnapshot trace, string pseudonym)
    {
        var visible = Visible(trace.Spans, pseudonym);
        if (visible.Length == 0)
        {
            return null;
        }
        var keys = visible.Select(span => new SpanKey(span.Service, span.Id)).ToHashSet();
        return trace with { Spans = visible, Logs = [.. trace.Logs.Where(log => keys.Contains(new SpanKey(log.Service, log.SpanId)))] };
    }

    private static Span[] Visible(IReadOnlyList<Span> spans, string pseudonym)
    {
        var entries = Indexes(spans, span => span.IsEntry() && span.Person() == pseudonym);
        if (entries.Count == 0)
        {
            return [];
        }

        var tree = new SpanTree(spans);
        var below = new bool[spans.Count];
        AddBelow(Indexes(spans, span => IsDoneFor(span, pseudonym)).Concat(entries), spans, pseudonym, tree, below);

        var above = new bool[spans.Count];
        foreach (var entry in entries)
        {
            WalkUp(entry, tree, above);
        }
        return [.. spans.Where((span, index) => below[index] || (above[index] && span.Person() == pseudonym))];
    }

    private static List<int> Indexes(IReadOnlyList<Span> spans, Func<Span, bool> condition) =>
        [.. Enumerable.Range(0, spans.Count).Where(index => condition(spans[index]))];

    private static bool IsDoneFor(Span span, string pseudonym) =>
        span.Kind == SpanKind.Server && ServiceCalls.IsBehindGateway(span.Service) && span.Person() == pseudonym;

    private static void AddBelow(IEnumerable<int> tops, IReadOnlyList<Span> spans, string pseudonym, SpanTree tree, bool[] below)
    {
        var open = new Stack<int>();
        foreach (var top in tops)
        {
            open.Push(top);
            while (open.TryPop(out var span))
            {
                if (below[span] || BelongsToAnother(spans[span], pseudonym))
                {
                    continue;
                }
                below[span] = true;
                tree.PushChildren(span, open);
            }
        }
    }

    /// <summary>Stops at the path of another entry: everything above is the same for both.</summary>
    private static void WalkUp(int entry, SpanTree tree, bool[] above)
    {
        for (var span = entry; tree.TryGetParent(span, out var parent) && !above[parent]; span = parent)
        {
            above[parent] = true;
        }
    }

    /// <summary>Another person joined the viewer's trace: their spans remain theirs.</summary>
    private static bool BelongsToAnother(Span span, string pseudonym) =>
        span.Person() is { } person ? person != pseudonym : span.IsEntry();
}
