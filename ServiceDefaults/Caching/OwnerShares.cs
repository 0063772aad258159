namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>The entries of each owner, from the oldest to the youngest. Not safe for concurrent use.</summary>
/// <param name="bounds">The limits of one share.</param>
internal sealed class OwnerShares<TValue>(MapBounds bounds)
{
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    public IEnumerable<MapEntry<TValue>> this[string owner] => _shares.TryGetValue(owner, out var share) ? share.OldestFirst : [];

    public MapEntry<TValue>? Oldest(string owner) => _shares.GetValueOrDefault(owner)?.OldestFirst.First?.Value;

    /// <summary>The owner can add nothing more before an entry of the share goes.</summary>
    public bool IsFull(string owner) =>
        _shares.TryGetValue(owner, out var share) && share.OldestFirst.Count >= bounds.EntriesPerOwner;

    public bool Exceeds(string owner, long weight) =>
        _shares.TryGetValue(owner, out var share) && share.Weight + weight > bounds.WeightPerOwner;

    public void Add(MapEntry<TValue> entry)
    {
        if (entry.Owner is not { } owner)
        {
            return;
        }

        if (!_shares.TryGetValue(owner, out var share))
        {
            _shares[owner] = share = new Share();
        }
        entry.Place = share.OldestFirst.AddLast(entry);
        share.Weight += entry.Weight;
    }

    public void Remove(MapEntry<TValue> entry)
    {
        if (entry is not { Owner: { } owner, Place: { } place })
        {
            return;
        }

        var share = _shares[owner];
        share.OldestFirst.Remove(place);
        share.Weight -= entry.Weight;
        if (share.OldestFirst.Count == 0)
        {
            _shares.Remove(owner);
        }
    }

    public void Clear() => _shares.Clear();

    private sealed class Share
    {
        public LinkedList<MapEntry<TValue>> OldestFirst { get; } = new();

        public long Weight { get; set; }
    }
}
