namespace TraceDemo.Dashboard.Traces;

/// <summary>Traces that are kept under the same rule, oldest first, and what they take together.</summary>
internal sealed class Shelf
{
    private readonly LinkedList<StoredTrace> _traces = new();

    public long Bytes { get; set; }

    /// <summary>Whether it may hold one person's share only.</summary>
    public bool IsLimited { get; init; }

    public StoredTrace? Oldest => _traces.First?.Value;

    public void Add(StoredTrace trace)
    {
        _traces.AddLast(trace.Place);
        trace.Shelf = this;
        Bytes += trace.Size;
    }

    public void Remove(StoredTrace trace)
    {
        _traces.Remove(trace.Place);
        Bytes -= trace.Size;
    }
}
