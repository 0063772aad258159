namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace's queue and its counted size there.</summary>
internal sealed class QueueEntry(StoredTrace trace)
{
    public StoredTrace Trace => trace;

    public OwnerQueue? Queue { get; private set; }

    public long Bytes { get; private set; }

    public void Leave() => Queue?.Remove(this);

    /// <summary>Set by <see cref="OwnerQueue"/> only, which keeps its entries in order.</summary>
    public void Set(OwnerQueue? queue, long bytes)
    {
        Queue = queue;
        Bytes = bytes;
    }
}
