namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Heap sizes in the 64-bit runtime, including the slots of containing collections, which grow by doubling. A test fills
/// the store with the worst case of each and compares with the heap.
/// </summary>
internal static class RetainedBytes
{
    private const int ArrayHeader = 24;
    private const int Slot = 8;

    /// <summary>The object, two slots of a growing list, one each of the arrays of the snapshot
    /// and of a person's view, and an entry of the set of known ids.</summary>
    public const int Span = 136 + 4 * Slot + 56;

    public const int Log = 112 + 4 * Slot;

    public const int Event = 40 + Slot;

    public const int Link = 48 + Slot;

    /// <summary>A trace with its lists, its set, its snapshot and a person's view of it, its queue entries,
    /// its entry in the store, and the queues of its person and of the sender that inflates it.</summary>
    public const int Trace = 1500;

    /// <summary>A sender's part of a trace, and its entry in the snapshot.</summary>
    public const int Sender = 128;

    private const int Tag = 24;

    public static int SizeOf(Span span) =>
        Span + SizeOf(span.Service) + SizeOf(span.Scope) + SizeOf(span.Name) + SizeOf(span.StatusMessage)
        + SizeOf(span.Attributes) + SizeOf(span.Events) + SizeOf(span.Links);

    public static int SizeOf(LogRecord log) =>
        Log + SizeOf(log.Service) + SizeOf(log.Scope) + SizeOf(log.Severity) + SizeOf(log.EventName) + SizeOf(log.Body)
        + SizeOf(log.Attributes);

    /// <summary>The object's header, the length, the characters and a terminating
    /// zero. Vocabulary strings are shared.</summary>
    public static int SizeOf(string text) => text.Length == 0 || Vocabulary.IsOwn(text) ? 0 : (22 + 2 * text.Length + 7) & ~7;

    private static int SizeOf(Tag[] tags)
    {
        if (tags.Length == 0)
        {
            return 0;
        }
        var size = ArrayHeader + Tag * tags.Length;
        foreach (var tag in tags)
        {
            size += SizeOf(tag.Key) + SizeOf(tag.Value);
        }
        return size;
    }

    private static int SizeOf(SpanEvent[] events)
    {
        if (events.Length == 0)
        {
            return 0;
        }
        var size = ArrayHeader;
        foreach (var item in events)
        {
            size += Event + SizeOf(item.Name) + SizeOf(item.Attributes);
        }
        return size;
    }

    private static int SizeOf(SpanLink[] links)
    {
        if (links.Length == 0)
        {
            return 0;
        }
        var size = ArrayHeader;
        foreach (var link in links)
        {
            size += Link + SizeOf(link.Attributes);
        }
        return size;
    }
}
