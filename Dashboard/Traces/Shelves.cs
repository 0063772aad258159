namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// In which order traces go, each time the oldest of whoever has most of the kind. First those that the gateway has reported nothing of,
/// beyond one person's share; then ordinary ones, those of requests without a person before any person's; and last those with a denial, an
/// error or a refused exchange, of which each person has a share: what is beyond it counts as ordinary. So nobody's flood pushes out
/// another person's traces while that person has less.
/// <para>
/// Nor does a sender's. Whoever has a service's key may add its share to any trace, so no decision here rests on one sender other than the
/// gateway. A person is weighed without the largest such part of each trace, never by more than all others sent of it. Padding, which is
/// as much of that part as is more than all the rest of its trace, has one person's share in the whole store: beyond it the largest is cut
/// before any trace goes. A service among others has next to none. A trace that the gateway has reported nothing of lies with the sender
/// of most of it, and when its turn comes it loses that sender's part and lies with the next.
/// </para>
/// </summary>
internal sealed class Shelves(long maxBytesPerPerson)
{
    private const string Nobody = "";

    // Where there are no keys, a sender may call itself anything; further ones share a shelf.
    private const int MaxSenders = 64;

    private readonly ShelfGroup _padded = new(ShelfGroup.LargestFirst);
    private readonly ShelfGroup _stray = new(ShelfGroup.OldestFirst);
    private readonly ShelfGroup _ordinary = new(ShelfGroup.OldestFirst);
    private readonly ShelfGroup _notable = new(ShelfGroup.OldestFirst);

    /// <summary>Puts the trace where it belongs, and that person's oldest among
    /// the ordinary ones when there are too many like it.</summary>
    public void Arrange(StoredTrace trace)
    {
        Put(trace);
        while (trace.Place.Shelf is { } shelf && shelf.Group == _notable && shelf.Bytes > maxBytesPerPerson && shelf.First is { } oldest)
        {
            oldest.IsDemoted = true;
            Put(oldest);
        }
    }

    /// <summary>The trace that loses the largest part before any trace goes.</summary>
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

    // A trace begins without a request, because senders deliver in any order: the
    // share of those is for the few seconds until the gateway's comes.
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
