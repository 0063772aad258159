namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Who sees which span. A person sees what lies below a gateway server span that bears their own pseudonym, and above it only what
/// bears the same. Anybody can send in somebody else's trace id, so sharing a trace proves nothing: only the way through the tree does.
/// </summary>
internal static class Visibility
{
    /// <summary>The part of the trace that the viewer may see; null if there is none.</summary>
    public static TraceSnapshot? SeenBy(this TraceSnapshot trace, Viewer viewer)
    {
        if (viewer.SeesAll) { return trace; }
        var visible = Visible(trace.Spans, viewer.Pseudonym);
        return visible.Count == 0 ? null : trace with
        {
            Spans = [.. trace.Spans.Where(visible.Contains)],
            Logs = [.. trace.Logs.Where(log => visible.Any(span => span.Id == log.SpanId && span.Service == log.Service))],
        };
    }

    private static HashSet<Span> Visible(IReadOnlyList<Span> spans, string pseudonym)
    {
        var visible = new HashSet<Span>(ReferenceEqualityComparer.Instance);
        var byId = spans.ToLookup(span => span.Id);
        var byParent = spans.ToLookup(span => span.ParentId);
        foreach (var entry in spans.Where(span => span.IsEntry() && span.Person() == pseudonym))
        {
            AddBelow(entry, pseudonym, byId, byParent, visible);
            AddAbove(entry, pseudonym, byId, visible);
        }

        return visible;
    }

    private static void AddBelow(Span entry, string pseudonym, ILookup<SpanId, Span> byId, ILookup<SpanId, Span> byParent, HashSet<Span> visible)
    {
        var open = new Stack<Span>([entry]);
        while (open.TryPop(out var span))
        {
            // A second span with the same id would let a forger hang other people's spans below this one: then nothing below it is shown.
            if (!visible.Add(span) || byId[span.Id].Count() > 1) { continue; }
            foreach (var child in byParent[span.Id])
            {
                if (!BelongsToAnother(child, pseudonym)) { open.Push(child); }
            }
        }
    }

    private static void AddAbove(Span entry, string pseudonym, ILookup<SpanId, Span> byId, HashSet<Span> visible)
    {
        var seen = new HashSet<SpanId> { entry.Id };
        for (var span = Parent(entry, byId); span is not null && seen.Add(span.Id); span = Parent(span, byId))
        {
            if (span.Person() == pseudonym) { visible.Add(span); }
        }
    }

    /// <summary>Somebody joined the viewer's trace: what is theirs stays theirs.</summary>
    private static bool BelongsToAnother(Span span, string pseudonym) =>
        span.Person() is { } person ? person != pseudonym : span.IsEntry();

    private static Span? Parent(Span span, ILookup<SpanId, Span> byId) =>
        span.ParentId.IsValid && byId[span.ParentId].Take(2).ToArray() is [var parent] ? parent : null;
}
