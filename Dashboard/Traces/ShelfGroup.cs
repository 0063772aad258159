namespace TraceDemo.Dashboard.Traces;

/// <summary>Traces under one rule, with a shelf for each owner. The largest shelf
/// is known without a search, however many owners there are.</summary>
internal sealed class ShelfGroup(IComparer<ShelfPlace> order)
{
    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);

    private readonly SortedSet<Shelf> _bySize = new(Comparer<Shelf>.Create((one, other) =>
        one.Bytes != other.Bytes ? one.Bytes.CompareTo(other.Bytes) : string.CompareOrdinal(one.Owner, other.Owner)));

    public static IComparer<ShelfPlace> OldestFirst { get; } = Comparer<ShelfPlace>.Create(
        (one, other) => one.Trace.Number.CompareTo(other.Trace.Number));

    public static IComparer<ShelfPlace> LargestFirst { get; } = Comparer<ShelfPlace>.Create((one, other) =>
        one.Bytes != other.Bytes ? other.Bytes.CompareTo(one.Bytes) : one.Trace.Number.CompareTo(other.Trace.Number));

    public IComparer<ShelfPlace> Order => order;

    public int Count => _shelves.Count;

    public long Bytes { get; private set; }

    public StoredTrace? FirstOfLargest => _bySize.Max?.First;

    public bool Contains(string owner) => _shelves.ContainsKey(owner);

    public StoredTrace? FirstOf(string owner) => _shelves.GetValueOrDefault(owner)?.First;

    /// <summary>The owner's shelf; it exists while it contains traces.</summary>
    public Shelf Of(string owner) => _shelves.GetValueOrDefault(owner) ?? new Shelf(this, owner);

    public void Grow(Shelf shelf, long bytes)
    {
        _bySize.Remove(shelf);
        shelf.Bytes += bytes;
        Bytes += bytes;
        if (shelf.First is null)
        {
            _shelves.Remove(shelf.Owner);
            return;
        }

        _shelves[shelf.Owner] = shelf;
        _bySize.Add(shelf);
    }
}
