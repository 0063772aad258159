namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The eviction order of traces; within each kind, the oldest of the owner with the most. First traces without a gateway span,
/// beyond one person's share; then ordinary ones, requests without a person before any person's; and last those with a denial, an
/// error or a refused exchange, of which each person has a share: traces beyond it count as ordinary. So no person's flood evicts
/// another person's traces while that person has less.
/// <para>
/// Nor does a sender's flood. The holder of a service's key may add its share to any trace, so no decision depends on a single sender other
/// than the gateway. A person's usage excludes the largest such part of each trace, but never more than all others sent. Padding, the
/// amount by which that part exceeds the rest of its trace, has one person's share of the whole store: beyond it the largest is truncated
/// before any trace is evicted. A normal service has almost none. A trace without a gateway span belongs to its largest sender;
/// when it is due, it loses that sender's part and belongs to the next.
/// </para>
/// </summary>
internal sealed class Shelves(long maxBytesPerPerson)
{
    private const string Nobody = "";

    // Without keys, a sender may use any name; further ones share a shelf.
    private const int MaxSenders = 64;

    private readonly ShelfGroup _padded = new(ShelfGroup.LargestFirst);
    private readonly ShelfGroup _stray = new(ShelfGroup.OldestFirst);
    private readonly ShelfGroup _ordinary = new(ShelfGroup.OldestFirst);
    private readonly ShelfGroup _notable = new(ShelfGroup.OldestFirst);

    /// <summary>Places the trace, and moves the person's oldest trace of the kind
    /// to the ordinary ones if there are too many.</summary>
    public void Arrange(StoredTrace trace)
    {
        Put(trace);
        while (trace.Place.Shelf is { } shelf && shelf.Group == _notable && shelf.Bytes > maxBytesPerPerson && shelf.First is { } oldest)
        {
            oldest.IsDemoted = true;
            Put(oldest);
        }
    }

    /// <summary>The trace whose largest part is evicted before any whole trace.</summary>
    public StoredTrace? NextToCut() =>
        _padded.Bytes > maxBytesPerPerson ? _padded.FirstOfLargest
        : NextStray() is { HasSeveralSenders: true } stray ? stray
        : null;

    public StoredTrace? NextToGo() =>
        NextStray()
        ?? _ordinary.FirstOf(Nobody)
        ?? _ordinary.FirstOfLargest
        ?? _notable.FirstOf(Nobody)
        ?? _notable.FirstOfLargest
        ?? _stray.FirstOfLargest;

    public static void Remove(StoredTrace trace)
    {
        trace.Place.Leave();
        trace.PaddedPlace.Leave();
    }

    // A trace starts without a request, because senders deliver in any order: this
    // share covers the few seconds until the gateway's span arrives.
    private StoredTrace? NextStray() => _stray.Bytes > maxBytesPerPerson ? _stray.FirstOfLargest : null;

    private void Put(StoredTrace trace)
    {
        var (group, owner) = PlaceOf(trace);
        group.Of(owner).Put(trace.Place, trace.Weight);
        if (trace is { Padding: > 0, Largest.Service: var service })
        {
            _padded.Of(service).Put(trace.PaddedPlace, trace.Padding);
        }
        else
        {
            trace.PaddedPlace.Leave();
        }
    }

    private (ShelfGroup Group, string Owner) PlaceOf(StoredTrace trace) =>
        trace.HasEntry ? (trace.IsNotable && !trace.IsDemoted ? _notable : _ordinary, trace.People.FirstOrDefault(Nobody))
        : trace.Largest is { } sender && (_stray.Count < MaxSenders || _stray.Contains(sender.Service)) ? (_stray, sender.Service)
        : (_stray, Nobody);
}
