using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Traces in memory, bounded. When it is full the oldest ordinary trace goes first. Traces with a denial, an error or a refused exchange
/// are kept on a shelf per person, and what is too much there goes before all else: one person's flood of denials pushes out only his own.
/// </summary>
internal sealed class TraceStore(IOptions<TraceStoreOptions> options, TimeProvider time)
{
    private readonly TraceStoreOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly Dictionary<TraceId, StoredTrace> _traces = [];
    private readonly LinkedList<StoredTrace> _arrivals = new();
    private readonly Shelf _surplus = new();
    private readonly Shelf _ordinary = new();
    private readonly Dictionary<string, Shelf> _notable = new(StringComparer.Ordinal);
    private long _size;

    public int Count { get { lock (_gate) { return _traces.Count; } } }
    public long Size { get { lock (_gate) { return _size; } } }
    public long Evicted { get; private set; }
    public long Overflowed { get; private set; }

    public void Add(IReadOnlyList<Span> spans, IReadOnlyList<LogRecord> logs)
    {
        lock (_gate)
        {
            foreach (var span in spans) { Change(span.TraceId, span.Size, trace => trace.Add(span)); }
            foreach (var log in logs) { Change(log.TraceId, log.Size, trace => { trace.Add(log); return true; }); }
        }
    }

    public TraceSnapshot? Find(TraceId id)
    {
        lock (_gate) { return _traces.GetValueOrDefault(id)?.Snapshot(); }
    }

    /// <summary>Traces that came last first; with a person, only those in which the gateway saw that person.</summary>
    public IEnumerable<TraceSnapshot> Newest(string? person)
    {
        List<StoredTrace> candidates = [];
        lock (_gate)
        {
            for (var node = _arrivals.Last; node is not null; node = node.Previous)
            {
                if (person is null || node.Value.People.Contains(person)) { candidates.Add(node.Value); }
            }
        }

        foreach (var trace in candidates)
        {
            TraceSnapshot snapshot;
            lock (_gate) { snapshot = trace.Snapshot(); }
            yield return snapshot;
        }
    }

    private void Change(TraceId id, int size, Func<StoredTrace, bool> add)
    {
        var trace = _traces.GetValueOrDefault(id) ?? Begin(id);
        if (trace.Size + size > _options.MaxBytesPerTrace)
        {
            Overflowed++;
            return;
        }

        var before = trace.Size;
        if (!add(trace)) { return; }
        trace.LastReceived = time.GetUtcNow();
        _size += trace.Size - before;
        trace.Shelf!.Bytes += trace.Size - before;
        Arrange(trace);
        while (_size > _options.MaxMemoryBytes && OldestToGo() is { } oldest) { Remove(oldest); }
    }

    private StoredTrace Begin(TraceId id)
    {
        var trace = new StoredTrace(id);
        _traces.Add(id, trace);
        _arrivals.AddLast(trace.Arrival);
        _ordinary.Add(trace);
        _size += trace.Size;
        return trace;
    }

    /// <summary>Puts the trace where it belongs, and lets that person's oldest be the next to go when there are too many.</summary>
    private void Arrange(StoredTrace trace)
    {
        if (!trace.IsNotable || trace.IsDemoted) { return; }
        var shelf = ShelfOf(trace.People.FirstOrDefault(""));
        if (trace.Shelf != shelf)
        {
            trace.Shelf!.Remove(trace);
            shelf.Add(trace);
        }

        while (shelf.Bytes > _options.MaxBytesPerPerson && shelf.Oldest is { } oldest)
        {
            shelf.Remove(oldest);
            oldest.IsDemoted = true;
            _surplus.Add(oldest);
        }
    }

    private Shelf ShelfOf(string person)
    {
        if (!_notable.TryGetValue(person, out var shelf)) { _notable[person] = shelf = new Shelf(); }
        return shelf;
    }

    private StoredTrace? OldestToGo() => _surplus.Oldest ?? _ordinary.Oldest ?? _notable.Values.MaxBy(shelf => shelf.Bytes)?.Oldest;

    private void Remove(StoredTrace trace)
    {
        trace.Shelf!.Remove(trace);
        _arrivals.Remove(trace.Arrival);
        _traces.Remove(trace.Id);
        _size -= trace.Size;
        Evicted++;
        if (trace.People.FirstOrDefault("") is var person && _notable.GetValueOrDefault(person)?.Oldest is null) { _notable.Remove(person); }
    }
}
