namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// In which order traces go, each time the oldest of whoever has most of the kind. First what is too much of one person's denied and failed
/// traces; then traces that the gateway has reported nothing of, beyond one person's share; then ordinary ones, those of requests without a
/// person before any person's; and last those with a denial, an error or a refused exchange. So nobody's flood pushes out another person's
/// traces while that person has less, and a sender's flood of traces without a request pushes out only its own.
/// </summary>
internal sealed class Shelves(long maxBytesPerPerson)
{
    private const string Nobody = "";

    // Where there are no keys, a sender may call itself anything; further ones share a shelf.
    private const int MaxSenders = 64;

    private readonly ShelfGroup _surplus = new();
    private readonly ShelfGroup _stray = new();
    private readonly ShelfGroup _ordinary = new();
    private readonly ShelfGroup _notable = new();

    /// <summary>Puts the trace where it belongs, and makes that person's oldest the next to go when there are too many.</summary>
    public void Arrange(StoredTrace trace)
    {
        if (trace.IsDemoted) { return; }
        var (group, owner) = PlaceOf(trace);
        if (trace.Shelf is not { } current || current.Group != group || current.Owner != owner)
        {
            trace.Shelf?.Remove(trace);
            group.Of(owner).Add(trace);
        }

        while (group == _notable && trace.Shelf!.Bytes > maxBytesPerPerson && trace.Shelf.Oldest is { } oldest)
        {
            oldest.Shelf!.Remove(oldest);
            oldest.IsDemoted = true;
            _surplus.Of(owner).Add(oldest);
            if (oldest == trace) { return; }
        }
    }

    // A trace begins without a request, because senders deliver in any order: the share of those is for the few seconds until the gateway's comes.
    public StoredTrace? NextToGo() =>
        _surplus.OldestOfLargest
        ?? (_stray.Bytes > maxBytesPerPerson ? _stray.OldestOfLargest : null)
        ?? _ordinary.OldestOf(Nobody)
        ?? _ordinary.OldestOfLargest
        ?? _notable.OldestOf(Nobody)
        ?? _notable.OldestOfLargest
        ?? _stray.OldestOfLargest;

    private (ShelfGroup Group, string Owner) PlaceOf(StoredTrace trace) =>
        !trace.HasEntry ? (_stray, _stray.Count < MaxSenders || _stray.Contains(trace.FirstSender) ? trace.FirstSender : Nobody)
        : (trace.IsNotable ? _notable : _ordinary, trace.People.FirstOrDefault(Nobody));
}
