namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The eviction order of traces; within each kind, the oldest of the owner with the most. First traces without a gateway span,
/// beyond one person's share; then ordinary ones, requests without a person before any person's; and last those with a denial, an
/// error or a refused exchange, of which each person has a share: traces beyond it count as ordinary. So no person's flood evicts
/// another person's traces while that person has less.
/// <para>
/// Nor does a sender's flood. The holder of a service's key may add its share to any trace, so no decision depends on a single sender other
/// than the gateway. A person's usage excludes the largest such part of each trace, but never more than all others sent. Inflation, the
/// amount by which that part exceeds the rest of its trace, has one person's share of the whole store: beyond it the largest is truncated
/// before any trace is evicted. A normal service has almost none. A trace without a gateway span belongs to its largest sender;
/// when it is due, it loses that sender's part and belongs to the next.
/// </para>
/// </summary>
internal sealed class EvictionOrder(long maxBytesPerPerson)
{
    private const string NoOwner = "";

    // Without keys, a sender may use any name; further ones share a queue.
    private const int MaxSenders = 64;

    private readonly OwnerQueues _inflated = new(OwnerQueues.LargestFirst);
    private readonly OwnerQueues _withoutEntry = new(OwnerQueues.OldestFirst);
    private readonly OwnerQueues _ordinary = new(OwnerQueues.OldestFirst);
    private readonly OwnerQueues _notable = new(OwnerQueues.OldestFirst);

    /// <summary>Places the trace, and moves the person's oldest trace of the kind
    /// to the ordinary ones if there are too many.</summary>
    public void Arrange(StoredTrace trace)
    {
        Put(trace);
        while (trace.QueueEntry.Queue is { } queue && queue.Group == _notable && queue.Bytes > maxBytesPerPerson
            && queue.First is { } oldest)
        {
            oldest.IsDemoted = true;
            Put(oldest);
        }
    }

    /// <summary>The trace whose largest part is evicted before any whole trace.</summary>
    public StoredTrace? NextToTrim() =>
        _inflated.Bytes > maxBytesPerPerson ? _inflated.FirstOfLargest
        : NextWithoutEntry() is { HasSeveralSenders: true } trace ? trace
        : null;

    public StoredTrace? NextToEvict() =>
        NextWithoutEntry()
        ?? _ordinary.FirstOf(NoOwner)
        ?? _ordinary.FirstOfLargest
        ?? _notable.FirstOf(NoOwner)
        ?? _notable.FirstOfLargest
        ?? _withoutEntry.FirstOfLargest;

    public static void Remove(StoredTrace trace)
    {
        trace.QueueEntry.Leave();
        trace.InflatedEntry.Leave();
    }

    // A trace starts without a request, because senders deliver in any order: this
    // share covers the few seconds until the gateway's span arrives.
    private StoredTrace? NextWithoutEntry() => _withoutEntry.Bytes > maxBytesPerPerson ? _withoutEntry.FirstOfLargest : null;

    private void Put(StoredTrace trace)
    {
        var (group, owner) = QueueOf(trace);
        group.Of(owner).Put(trace.QueueEntry, trace.Weight);
        if (trace is { Inflation: > 0, Largest.Service: var service })
        {
            _inflated.Of(service).Put(trace.InflatedEntry, trace.Inflation);
        }
        else
        {
            trace.InflatedEntry.Leave();
        }
    }

    private (OwnerQueues Group, string Owner) QueueOf(StoredTrace trace) =>
        trace.HasEntry ? (trace.IsNotable && !trace.IsDemoted ? _notable : _ordinary, trace.People.FirstOrDefault(NoOwner))
        : trace.Largest is { } sender && (_withoutEntry.Count < MaxSenders || _withoutEntry.Contains(sender.Service))
            ? (_withoutEntry, sender.Service)
        : (_withoutEntry, NoOwner);
}
