namespace TraceDemo.Dashboard.Traces;

/// <summary>A growing trace. Only the store uses it, under its lock.</summary>
internal sealed class StoredTrace
{
    // Without keys, a sender may use any name; further ones share the last part.
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
        QueueEntry = new(this);
        InflatedEntry = new(this);
    }

    public TraceId Id { get; }

    /// <summary>Its sequence number.</summary>
    public long Number { get; set; }

    public long Size { get; private set; } = RetainedBytes.Trace;
    public bool IsNotable { get; private set; }

    /// <summary>Whether it contains a request reported by the gateway.</summary>
    public bool HasEntry { get; private set; }

    public DateTimeOffset LastReceived { get; set; }

    /// <summary>The size of the largest sender's part, excluding the gateway once it has reported a request.</summary>
    public SenderPart? Largest { get; private set; }

    public bool HasSeveralSenders => _senders.Count(sender => sender.Bytes > 0) > 1;

    /// <summary>Its counted size among its person's traces.</summary>
    public long Weight => HasEntry && Largest is not null ? Size - Largest.Bytes : Size;

    /// <summary>The amount by which that part exceeds all others together.</summary>
    public long Inflation => HasEntry && Largest is not null ? Math.Max(0, 2 * Largest.Bytes - Size) : 0;

    /// <summary>The people the gateway saw in this trace, in order; it counts towards the first one's quota.</summary>
    public List<string> People { get; } = [];

    public LinkedListNode<StoredTrace> Arrival { get; }

    /// <summary>Its position in the eviction order.</summary>
    public QueueEntry QueueEntry { get; }

    /// <summary>Its position among the traces that one sender inflates.</summary>
    public QueueEntry InflatedEntry { get; }

    /// <summary>Its person had too many notable traces: it permanently counts as ordinary.</summary>
    public bool IsDemoted { get; set; }

    /// <summary>Adds the span unless it exists: exporters resend a batch if they got no response.</summary>
    public Admission Add(Span span)
    {
        var (sender, size) = (PartOf(span.Service), RetainedBytes.SizeOf(span));
        var key = new SpanKey(span.Service, span.Id);
        if (_known.Contains(key))
        {
            sender.CountDuplicate();
            _hasNewCuts = true;
            return Admission.Duplicate;
        }

        if (Size + size > _options.MaxBytesPerTrace || !sender.TryTakeSpan(size, _options.MaxBytesPerSender))
        {
            return Refuse();
        }
        _known.Add(key);
        _spans.Add(span);
        IsNotable |= span.IsNotable();
        if (span.IsEntry())
        {
            AddEntry(sender, span);
        }
        return Keep(size);
    }

    public Admission Add(LogRecord log)
    {
        var (sender, size) = (PartOf(log.Service), RetainedBytes.SizeOf(log));
        if (Size + size > _options.MaxBytesPerTrace || !sender.TryTakeLog(size, _options.MaxBytesPerSender, _options.LogsPerSender))
        {
            return Refuse();
        }
        _logs.Add(log);
        return Keep(size);
    }

    /// <summary>
    /// Evicts the largest part; returns the number of its spans and logs. Takes time in proportion to the trace, of
    /// which that sender sent as much as any other.
    /// </summary>
    public int TrimLargest()
    {
        if (Largest is not { } part)
        {
            return 0;
        }
        _spans.RemoveAll(span => PartOf(span.Service) == part);
        _logs.RemoveAll(log => PartOf(log.Service) == part);
        _known.RemoveWhere(key => PartOf(key.Sender) == part);
        _spans.TrimExcess();
        _logs.TrimExcess();
        _known.TrimExcess();
        IsNotable = _spans.Exists(span => span.IsNotable());
        Size -= part.Bytes;
        var count = part.Cut();
        Changed();
        return count;
    }

    public TraceSnapshot Snapshot()
    {
        _snapshot ??= new TraceSnapshot(Id, [.. _spans], [.. _logs], LastReceived) { Cuts = Cuts() };
        if (_hasNewCuts)
        {
            _snapshot = _snapshot with { Cuts = Cuts() };
        }
        _hasNewCuts = false;
        return _snapshot;
    }

    private Admission Keep(long size)
    {
        Size += size;
        Changed();
        return Admission.Kept;
    }

    private void Changed()
    {
        _snapshot = null;
        Largest = null;
        foreach (var sender in _senders)
        {
            if (!sender.HasEntry && (Largest is null || sender.Bytes > Largest.Bytes))
            {
                Largest = sender;
            }
        }
    }

    private Admission Refuse()
    {
        _hasNewCuts = true;
        return Admission.Full;
    }

    private void AddEntry(SenderPart sender, Span span)
    {
        HasEntry = true;
        sender.HasEntry = true;
        if (span.Person() is { } person && People.Count < MaxPeople && !People.Contains(person))
        {
            People.Add(person);
        }
    }

    private SenderPart PartOf(string service)
    {
        foreach (var sender in _senders)
        {
            if (sender.Service == service)
            {
                return sender;
            }
        }

        if (_senders.Count == MaxSenders)
        {
            return _senders[^1];
        }
        var part = new SenderPart(service);
        _senders.Add(part);
        Size += RetainedBytes.Sender + RetainedBytes.SizeOf(service);
        return part;
    }

    private SenderCuts[] Cuts() => [.. _senders.Select(sender => sender.Cuts).OfType<SenderCuts>()];
}
