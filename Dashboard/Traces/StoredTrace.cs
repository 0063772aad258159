namespace TraceDemo.Dashboard.Traces;

internal enum Admission { Kept, Duplicate, NoRoom }

/// <summary>A trace while it grows. Only the store touches it, under its lock.</summary>
internal sealed class StoredTrace
{
    // Where there are no keys, a sender may call itself anything; further ones share the last part.
    private const int MaxSenders = 32;
    private const int MaxPeople = 16;

    private readonly TraceStoreOptions _options;
    private readonly List<Span> _spans = [];
    private readonly List<LogRecord> _logs = [];
    private readonly List<SenderPart> _senders = [];
    private readonly HashSet<SpanKey> _known = [];
    private TraceSnapshot? _snapshot;
    private bool _hasNewCuts;

    public StoredTrace(TraceId id, TraceStoreOptions options)
    {
        _options = options;
        Id = id;
        Arrival = new(this);
        Place = new(this);
    }

    public TraceId Id { get; }
    public long Size { get; private set; } = RetainedBytes.Trace;
    public bool IsNotable { get; private set; }

    /// <summary>Whether the gateway has reported a request in it.</summary>
    public bool HasEntry { get; private set; }

    public DateTimeOffset LastReceived { get; set; }

    /// <summary>Who sent the first that was kept.</summary>
    public string FirstSender => _senders[0].Service;

    /// <summary>Whom the gateway saw in this trace, in order; the first one's quota pays for it.</summary>
    public List<string> People { get; } = [];

    public LinkedListNode<StoredTrace> Arrival { get; }
    public LinkedListNode<StoredTrace> Place { get; }

    /// <summary>Where it is kept, and so when it goes.</summary>
    public Shelf? Shelf { get; set; }

    /// <summary>Its person had too many like it: it is among the next to go, for good.</summary>
    public bool IsDemoted { get; set; }

    /// <summary>Adds the span unless it is here already: exporters send a batch again when they got no answer.</summary>
    public Admission Add(Span span)
    {
        var (sender, size) = (PartOf(span.Service), RetainedBytes.Of(span));
        var key = new SpanKey(span.Service, span.Id);
        if (_known.Contains(key))
        {
            sender.CountDuplicate();
            _hasNewCuts = true;
            return Admission.Duplicate;
        }

        if (Size + size > _options.MaxBytesPerTrace || !sender.TryTakeSpan(size, _options.MaxBytesPerSender)) { return Refuse(); }
        _known.Add(key);
        _spans.Add(span);
        IsNotable |= span.IsDenied() || span.IsFailed();
        if (span.IsEntry()) { AddEntry(span); }
        return Keep(size);
    }

    public Admission Add(LogRecord log)
    {
        var (sender, size) = (PartOf(log.Service), RetainedBytes.Of(log));
        if (Size + size > _options.MaxBytesPerTrace || !sender.TryTakeLog(size, _options.MaxBytesPerSender, _options.LogsPerSender)) { return Refuse(); }
        _logs.Add(log);
        return Keep(size);
    }

    public TraceSnapshot Snapshot()
    {
        _snapshot ??= new TraceSnapshot(Id, [.. _spans], [.. _logs], LastReceived) { Cuts = Cuts() };
        if (_hasNewCuts) { _snapshot = _snapshot with { Cuts = Cuts() }; }
        _hasNewCuts = false;
        return _snapshot;
    }

    private Admission Keep(long size)
    {
        Size += size;
        _snapshot = null;
        return Admission.Kept;
    }

    private Admission Refuse()
    {
        _hasNewCuts = true;
        return Admission.NoRoom;
    }

    private void AddEntry(Span span)
    {
        HasEntry = true;
        if (span.Person() is { } person && People.Count < MaxPeople && !People.Contains(person)) { People.Add(person); }
    }

    private SenderPart PartOf(string service)
    {
        foreach (var sender in _senders)
        {
            if (sender.Service == service) { return sender; }
        }

        if (_senders.Count == MaxSenders) { return _senders[^1]; }
        var part = new SenderPart(service);
        _senders.Add(part);
        Size += RetainedBytes.Sender + RetainedBytes.Of(service);
        return part;
    }

    private SenderCuts[] Cuts() => [.. _senders.Select(sender => sender.Cuts).OfType<SenderCuts>()];
}
