namespace TraceDemo.Dashboard.Traces;

/// <summary>One owner's traces in a group, in eviction order, and their total size.</summary>
internal sealed class Shelf(ShelfGroup group, string owner)
{
    private readonly SortedSet<ShelfPlace> _places = new(group.Order);

    public string Owner => owner;

    public ShelfGroup Group => group;

    /// <summary>Set by <see cref="ShelfGroup"/> only, which keeps its shelves in this order.</summary>
    public long Bytes { get; set; }

    public StoredTrace? First => _places.Min?.Trace;

    /// <summary>Adds the trace with this counted size.</summary>
    public void Put(ShelfPlace place, long bytes)
    {
        if (place.Shelf != this)
        {
            place.Leave();
        }
        else if (place.Bytes == bytes)
        {
            return;
        }
        else
        {
            _places.Remove(place);
        }

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
