namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// In which order traces go. First what is too much of one person's denied and failed traces; then traces that the gateway has reported
/// nothing of, of the sender that has the most of them; then ordinary ones; and last those with a denial, an error or a refused exchange.
/// So one person's flood of denials pushes out only their own, and a sender's flood of traces without a request only its own.
/// </summary>
internal sealed class Shelves(long maxBytesPerPerson)
{
    // Where there are no keys, a sender may call itself anything; further ones share a shelf.
    private const int MaxSenders = 64;

    private readonly Shelf _surplus = new();
    private readonly Shelf _ordinary = new();
    private readonly Dictionary<string, Shelf> _stray = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shelf> _notable = new(StringComparer.Ordinal);

    /// <summary>Puts the trace where it belongs, and makes that person's oldest the next to go when there are too many.</summary>
    public void Arrange(StoredTrace trace)
    {
        if (trace.IsDemoted) { return; }
        var shelf = ShelfFor(trace);
        if (trace.Shelf != shelf)
        {
            trace.Shelf?.Remove(trace);
            shelf.Add(trace);
        }

        while (shelf.IsLimited && shelf.Bytes > maxBytesPerPerson && shelf.Oldest is { } oldest)
        {
            shelf.Remove(oldest);
            oldest.IsDemoted = true;
            _surplus.Add(oldest);
        }
    }

    public StoredTrace? NextToGo() =>
        _surplus.Oldest ?? Largest(_stray)?.Oldest ?? _ordinary.Oldest ?? Largest(_notable)?.Oldest;

    public void Remove(StoredTrace trace)
    {
        trace.Shelf!.Remove(trace);
        if (trace.People.FirstOrDefault("") is var person && _notable.GetValueOrDefault(person)?.Oldest is null) { _notable.Remove(person); }
    }

    private static Shelf? Largest(Dictionary<string, Shelf> shelves) => shelves.Values.MaxBy(shelf => shelf.Bytes);

    private Shelf ShelfFor(StoredTrace trace) =>
        !trace.HasEntry ? Get(_stray, _stray.Count < MaxSenders || _stray.ContainsKey(trace.FirstSender) ? trace.FirstSender : "", isLimited: false)
        : trace.IsNotable ? Get(_notable, trace.People.FirstOrDefault(""), isLimited: true)
        : _ordinary;

    private static Shelf Get(Dictionary<string, Shelf> shelves, string owner, bool isLimited)
    {
        if (!shelves.TryGetValue(owner, out var shelf)) { shelves[owner] = shelf = new Shelf { IsLimited = isLimited }; }
        return shelf;
    }
}
