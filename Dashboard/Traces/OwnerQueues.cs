namespace TraceDemo.Dashboard.Traces;

/// <summary>Traces under one rule, with a queue for each owner. The largest queue
/// is known without a search, however many owners there are.</summary>
internal sealed class OwnerQueues(IComparer<QueueEntry> order)
{
    private readonly Dictionary<string, OwnerQueue> _queues = new(StringComparer.Ordinal);

    private readonly SortedSet<OwnerQueue> _bySize = new(Comparer<OwnerQueue>.Create((one, other) =>
        one.Bytes != other.Bytes ? one.Bytes.CompareTo(other.Bytes) : string.CompareOrdinal(one.Owner, other.Owner)));

    public static IComparer<QueueEntry> OldestFirst { get; } = Comparer<QueueEntry>.Create(
        (one, other) => one.Trace.Number.CompareTo(other.Trace.Number));

    public static IComparer<QueueEntry> LargestFirst { get; } = Comparer<QueueEntry>.Create((one, other) =>
        one.Bytes != other.Bytes ? other.Bytes.CompareTo(one.Bytes) : one.Trace.Number.CompareTo(other.Trace.Number));

    public IComparer<QueueEntry> Order => order;

    public int Count => _queues.Count;

    public long Bytes { get; private set; }

    public StoredTrace? FirstOfLargest => _bySize.Max?.First;

    public bool Contains(string owner) => _queues.ContainsKey(owner);

    public StoredTrace? FirstOf(string owner) => _queues.GetValueOrDefault(owner)?.First;

    /// <summary>The owner's queue; it exists while it contains traces.</summary>
    public OwnerQueue Of(string owner) => _queues.GetValueOrDefault(owner) ?? new OwnerQueue(this, owner);

    public void Grow(OwnerQueue queue, long bytes)
    {
        _bySize.Remove(queue);
        queue.Bytes += bytes;
        Bytes += bytes;
        if (queue.First is null)
        {
            _queues.Remove(queue.Owner);
            return;
        }

        _queues[queue.Owner] = queue;
        _bySize.Add(queue);
    }
}
