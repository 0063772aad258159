namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The tree of a trace's spans, by index. The parent of a server span must come from a caller of its service, that of
/// any other span from the same sender. Built in one pass, for any parents; loops are possible.
/// </summary>
internal sealed class SpanTree
{
    private const int None = -1;

    private readonly int[] _parents;
    private readonly int[] _lastChild;
    private readonly int[] _previousSibling;

    public SpanTree(IReadOnlyList<Span> spans)
    {
        _parents = new int[spans.Count];
        _lastChild = new int[spans.Count];
        _previousSibling = new int[spans.Count];
        _lastChild.AsSpan().Fill(None);

        var byKey = new Dictionary<SpanKey, int>(spans.Count);
        for (var index = 0; index < spans.Count; index++)
        {
            byKey.TryAdd(new SpanKey(spans[index].Service, spans[index].Id), index);
        }

        for (var index = 0; index < spans.Count; index++)
        {
            var parent = Find(spans[index], byKey);
            _parents[index] = parent;
            if (parent == None)
            {
                continue;
            }
            _previousSibling[index] = _lastChild[parent];
            _lastChild[parent] = index;
        }
    }

    public bool TryGetParent(int span, out int parent)
    {
        parent = _parents[span];
        return parent != None;
    }

    /// <summary>Pushes the children so that they are popped in list order.</summary>
    public void PushChildren(int span, Stack<int> open)
    {
        for (var child = _lastChild[span]; child != None; child = _previousSibling[child])
        {
            open.Push(child);
        }
    }

    private static int Find(Span span, Dictionary<SpanKey, int> byKey)
    {
        if (!span.ParentId.IsValid)
        {
            return None;
        }
        if (span.Kind == SpanKind.Server)
        {
            foreach (var caller in ServiceCalls.CallersOf(span.Service))
            {
                if (byKey.TryGetValue(new SpanKey(caller, span.ParentId), out var remote))
                {
                    return remote;
                }
            }
        }

        // A proxy's span inside the server span may also be of kind server.
        return byKey.TryGetValue(new SpanKey(span.Service, span.ParentId), out var own) ? own : None;
    }
}
