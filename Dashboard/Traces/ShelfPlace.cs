namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace's shelf and its counted size there.</summary>
internal sealed class ShelfPlace(StoredTrace trace)
{
    public StoredTrace Trace => trace;

    public Shelf? Shelf { get; private set; }

    public long Bytes { get; private set; }

    public void Leave() => Shelf?.Remove(this);

    /// <summary>Set by <see cref="Shelf"/> only, which keeps its places in order.</summary>
    public void Set(Shelf? shelf, long bytes)
    {
        Shelf = shelf;
        Bytes = bytes;
    }
}
