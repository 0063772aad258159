namespace TraceDemo.Dashboard.Traces;

/// <summary>One owner's traces in a group, oldest first, and what they take together.</summary>
internal sealed class Shelf(ShelfGroup group, string owner)
{
    private readonly LinkedList<StoredTrace> _traces = new();

    public string Owner => owner;

    public ShelfGroup Group => group;

    /// <summary>Changed by <see cref="ShelfGroup"/> only, which keeps its shelves in this order.</summary>
    public long Bytes { get; set; }

    public StoredTrace? Oldest => _traces.First?.Value;

    public void Add(StoredTrace trace)
    {
        _traces.AddLast(trace.Place);
        trace.Shelf = this;
        group.Grow(this, trace.Size);
    }

    public void Remove(StoredTrace trace)
    {
        _traces.Remove(trace.Place);
        group.Grow(this, -trace.Size);
    }

    /// <summary>A trace on it has grown.</summary>
    public void Grow(long bytes) => group.Grow(this, bytes);
}
