namespace TraceDemo.Dashboard.Traces;

/// <summary>One owner's traces in a group, in the order in which they go, and what they take together.</summary>
internal sealed class Shelf(ShelfGroup group, string owner)
{
    private readonly SortedSet<ShelfPlace> _places = new(group.Order);

    public string Owner => owner;

    public ShelfGroup Group => group;

    /// <summary>Changed by <see cref="ShelfGroup"/> only, which keeps its shelves in this order.</summary>
    public long Bytes { get; set; }

    public StoredTrace? First => _places.Min?.Trace;

    /// <summary>The trace stands here from now on, and this much of it counts.</summary>
    public void Put(ShelfPlace place, long bytes)
    {
        if (place.Shelf != this) { place.Leave(); }
        else if (place.Bytes == bytes) { return; }
        else { _places.Remove(place); }

        var before = place.Bytes;
        place.Set(this, bytes);
        _places.Add(place);
        group.Grow(this, bytes - before);
    }

    public void Remove(ShelfPlace place)
    {
        _places.Remove(place);
        group.Grow(this, -place.Bytes);
        place.Set(null, 0);
    }
}
