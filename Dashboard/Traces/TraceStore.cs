using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Traces in memory, bounded; <see cref="EvictionOrder"/> defines the eviction order. Within a trace each sender has its share.
/// </summary>
internal sealed class TraceStore(IOptions<TraceStoreOptions> options, TimeProvider time)
{
    private readonly TraceStoreOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, StoredTrace> _traces = [];
    private readonly LinkedList<StoredTrace> _arrivals = new();
    private readonly EvictionOrder _eviction = new(options.Value.MaxBytesPerPerson);
    private long _size;
    private long _begun;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _traces.Count;
            }
        }
    }
    public long Size
    {
        get
        {
            lock (_lock)
            {
                return _size;
            }
        }
    }
    public long Evicted { get; private set; }

    /// <summary>Spans and logs beyond the share of their sender, or of their trace, on arrival or when the store was full.</summary>
    public long Overflowed { get; private set; }

    /// <summary>Spans whose id their sender already used in the same trace.</summary>
    public long Duplicates { get; private set; }

    public void Add(IReadOnlyList<Span> spans, IReadOnlyList<LogRecord> logs)
    {
        lock (_lock)
        {
            foreach (var span in spans)
            {
                Change(span.TraceId, trace => trace.Add(span));
            }
            foreach (var log in logs)
            {
                Change(log.TraceId, trace => trace.Add(log));
            }
        }
    }

    public TraceSnapshot? Find(TraceId id)
    {
        lock (_lock)
        {
            return _traces.GetValueOrDefault(id)?.Snapshot();
        }
    }

    /// <summary>Latest traces first; with a person, only those in which the gateway saw that person.</summary>
    public IEnumerable<TraceSnapshot> Newest(string? person)
    {
        List<StoredTrace> candidates = [];
        lock (_lock)
        {
            for (var node = _arrivals.Last; node is not null; node = node.Previous)
            {
                if (person is null || node.Value.People.Contains(person))
                {
                    candidates.Add(node.Value);
                }
            }
        }

        foreach (var trace in candidates)
        {
            TraceSnapshot snapshot;
            lock (_lock)
            {
                snapshot = trace.Snapshot();
            }
            yield return snapshot;
        }
    }

    private void Change(TraceId id, Func<StoredTrace, Admission> add)
    {
        var known = _traces.GetValueOrDefault(id);
        var trace = known ?? new StoredTrace(id, _options);
        var before = trace.Size;
        var admission = add(trace);
        Note(admission);
        // The trace notes omitted data, which takes room too.
        if (known is not null)
        {
            _size += trace.Size - before;
        }
        else if (admission == Admission.Kept)
        {
            Begin(trace);
        }
        else
        {
            return;
        }

        if (admission == Admission.Kept)
        {
            trace.LastReceived = time.GetUtcNow();
        }
        _eviction.Arrange(trace);
        MakeRoom();
    }

    private void MakeRoom()
    {
        while (_size > _options.MaxMemoryBytes)
        {
            if (_eviction.NextToTrim() is { } inflated)
            {
                Trim(inflated);
            }
            else if (_eviction.NextToEvict() is { } oldest)
            {
                Remove(oldest);
            }
            else
            {
                return;
            }
        }
    }

    private void Note(Admission admission)
    {
        if (admission == Admission.Duplicate)
        {
            Duplicates++;
        }
        else if (admission == Admission.Full)
        {
            Overflowed++;
        }
    }

    private void Begin(StoredTrace trace)
    {
        _traces.Add(trace.Id, trace);
        trace.Number = ++_begun;
        _arrivals.AddLast(trace.Arrival);
        _size += trace.Size;
    }

    private void Trim(StoredTrace trace)
    {
        _size -= trace.Size;
        Overflowed += trace.TrimLargest();
        _size += trace.Size;
        _eviction.Arrange(trace);
    }

    private void Remove(StoredTrace trace)
    {
        EvictionOrder.Remove(trace);
        _arrivals.Remove(trace.Arrival);
        _traces.Remove(trace.Id);
        _size -= trace.Size;
        Evicted++;
    }
}
