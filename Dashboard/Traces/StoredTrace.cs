namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace while it grows. Only the store touches it, under its lock.</summary>
internal sealed class StoredTrace
{
    /// <summary>What a record costs besides its spans: nodes, lists, the dictionary's entry.</summary>
    public const int BaseSize = 512;

    private readonly List<Span> _spans = [];
    private readonly List<LogRecord> _logs = [];
    private readonly HashSet<(string, SpanId)> _known = [];
    private TraceSnapshot? _snapshot;

    public StoredTrace(TraceId id)
    {
        Id = id;
        Arrival = new(this);
        Place = new(this);
    }

    public TraceId Id { get; }
    public long Size { get; private set; } = BaseSize;
    public bool IsNotable { get; private set; }
    public DateTimeOffset LastReceived { get; set; }

    /// <summary>Whom the gateway saw in this trace, in order; the first one's quota pays for it.</summary>
    public List<string> People { get; } = [];

    public LinkedListNode<StoredTrace> Arrival { get; }
    public LinkedListNode<StoredTrace> Place { get; }

    /// <summary>Where it is kept, and so when it goes.</summary>
    public Shelf? Shelf { get; set; }

    /// <summary>Its person had too many like it: it is among the next to go, for good.</summary>
    public bool IsDemoted { get; set; }

    /// <summary>Adds the span unless it is here already: exporters send a batch again when they got no answer.</summary>
    public bool Add(Span span)
    {
        if (!_known.Add((span.Service, span.Id))) { return false; }
        _spans.Add(span);
        Size += span.Size;
        IsNotable |= span.IsDenied() || span.IsFailed();
        if (span.IsEntry() && span.Person() is { } person && People.Count < 16 && !People.Contains(person)) { People.Add(person); }
        _snapshot = null;
        return true;
    }

    public void Add(LogRecord log)
    {
        _logs.Add(log);
        Size += log.Size;
        _snapshot = null;
    }

    public TraceSnapshot Snapshot() => _snapshot ??= new TraceSnapshot(Id, [.. _spans], [.. _logs], LastReceived);
}
