namespace TraceDemo.Dashboard.Traces;

/// <summary>One owner's traces in a group, in eviction order, and their total size.</summary>
internal sealed class OwnerQueue(OwnerQueues group, string owner)
{
    private readonly SortedSet<QueueEntry> _entries = new(group.Order);

    public string Owner => owner;

    public OwnerQueues Group => group;

    /// <summary>Set by <see cref="OwnerQueues"/> only, which keeps its queues in this order.</summary>
    public long Bytes { get; set; }

    public StoredTrace? First => _entries.Min?.Trace;

    /// <summary>Adds the trace with this counted size.</summary>
    public void Put(QueueEntry entry, long bytes)
    {
        if (entry.Queue != this)
        {
            entry.Leave();
        }
        else if (entry.Bytes == bytes)
        {
            return;
        }
        else
        {
            _entries.Remove(entry);
        }

        var before = entry.Bytes;
        entry.Set(this, bytes);
        _entries.Add(entry);
        group.Grow(this, bytes - before);
    }

    public void Remove(QueueEntry entry)
    {
        _entries.Remove(entry);
        group.Grow(this, -entry.Bytes);
        entry.Set(null, 0);
    }
}
