using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>
/// A map of entries that each have their own expiry, bounded in number and weight, in total and per owner. An owner who adds
/// repeatedly evicts their own oldest entries; when the whole map is full, the entry that expires first is evicted. Reading
/// takes no lock.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="bounds">The limits.</param>
/// <param name="time">The clock for expiry.</param>
public sealed class ExpiringMap<TValue>(MapBounds bounds, TimeProvider time)
{
    private const int AlwaysQueued = 64;

    // Read without a lock; this and the fields below are changed under it.
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    // Also contains keys of removed entries until they are due; never holds values.
    private readonly PriorityQueue<(string Key, long Number), (DateTimeOffset Expires, long Number)> _byExpiry = new();
    private readonly Lock _writing = new();
    private long _numbers;
    private int _count;
    private long _weight;

    /// <summary>The number of entries, including those that expired since the last change.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The total weight.</summary>
    public long Weight => Interlocked.Read(ref _weight);

    /// <summary>Finds an entry that has not expired.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(string? key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = Find(key);
        value = found is null ? default : found.Value;
        return found is not null;
    }

    /// <summary>Sets an entry without an owner, replacing any entry with the same key.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry; an expired entry is not stored.</param>
    public void Set(string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing) { Put(new Entry(key, value, expires)); }
    }

    /// <summary>Sets an entry, replacing any with the same key; returns the owner's entries that were evicted.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry; an expired entry is not stored.</param>
    /// <param name="weight">The weight.</param>
    public IReadOnlyList<string> Set(string owner, string key, TValue value, DateTimeOffset expires, long weight)
    {
        lock (_writing) { return Put(new Entry(key, value, expires) { Owner = owner, Weight = weight }) ?? []; }
    }

    /// <summary>Adds an entry without an owner; false if the key exists. Of concurrent calls one succeeds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry.</param>
    public bool TryAdd(string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing)
        {
            if (Find(key) is not null) { return false; }

            Put(new Entry(key, value, expires));
            return true;
        }
    }

    /// <summary>Adds an entry, unless the key exists or the owner's share is full and rejects it.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry.</param>
    public Addition Add(string owner, string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing)
        {
            RemoveExpired();
            if (Find(key) is not null) { return Addition.KeyTaken; }
            if (Refuses(owner)) { return Addition.ShareFull; }

            Put(new Entry(key, value, expires) { Owner = owner });
            return Addition.Added;
        }
    }

    /// <summary>Removes the entry; of concurrent callers one receives it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The removed value.</param>
    public bool TryTake(string? key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_writing)
        {
            var found = Find(key);
            value = found is null ? default : found.Value;
            if (found is not null) { Remove(found); }
            return found is not null;
        }
    }

    /// <summary>Changes the expiry of an entry that has not expired; it then counts as its owner's youngest.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="expires">The new expiry.</param>
    public void Extend(string key, DateTimeOffset expires)
    {
        lock (_writing)
        {
            if (Find(key) is { } entry) { Put(new Entry(key, entry.Value, expires) { Owner = entry.Owner, Weight = entry.Weight }); }
        }
    }

    /// <summary>Moves an entry that has not expired to another share, or to the end of its own; it stays where it is if the other share is
    /// full and rejects it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="owner">The new owner.</param>
    public void Move(string key, string owner)
    {
        lock (_writing)
        {
            RemoveExpired();
            if (Find(key) is not { } entry || (entry.Owner != owner && Refuses(owner))) { return; }

            Put(new Entry(key, entry.Value, entry.Expires) { Owner = owner, Weight = entry.Weight });
        }
    }

    /// <summary>The first matching entry of this owner, or of all owners if null.</summary>
    /// <param name="owner">The owner, or null.</param>
    /// <param name="isMeant">Whether an entry matches.</param>
    public TValue? FirstOrDefault(string? owner, Func<TValue, bool> isMeant)
    {
        lock (_writing) { return Of(owner).Select(entry => entry.Value).FirstOrDefault(isMeant); }
    }

    /// <summary>Removes the matching entries of this owner, or of all owners if null.</summary>
    /// <param name="owner">The owner, or null.</param>
    /// <param name="isMeant">Whether an entry matches, by key and value.</param>
    public IReadOnlyList<KeyValuePair<string, TValue>> RemoveWhere(string? owner, Func<string, TValue, bool> isMeant)
    {
        lock (_writing)
        {
            var meant = Of(owner).Where(entry => isMeant(entry.Key, entry.Value)).ToList();
            meant.ForEach(Remove);
            return [.. meant.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))];
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _entries.Clear();
            _shares.Clear();
            _byExpiry.Clear();
            (_count, _weight) = (0, 0);
        }
    }

    private Entry? Find(string? key) =>
        key is not null && _entries.TryGetValue(key, out var entry) && entry.Expires > time.GetUtcNow() ? entry : null;

    private IEnumerable<Entry> Of(string? owner) =>
        owner is null ? _entries.Values : _shares.TryGetValue(owner, out var share) ? share.OldestFirst : [];

    private bool Refuses(string owner) =>
        bounds.WhenShareFull == FullShare.Refuses && _shares.TryGetValue(owner, out var share)
        && share.OldestFirst.Count >= bounds.EntriesPerOwner;

    private List<string>? Put(Entry entry)
    {
        RemoveExpired();
        if (entry.Expires <= time.GetUtcNow()) { return null; }

        // It remains readable until the new one replaces it.
        if (_entries.TryGetValue(entry.Key, out var replaced)) { LetGo(replaced); }
        var pushedOut = MakeRoomInShare(entry);
        Append(entry);
        while ((_count > bounds.Entries || _weight > bounds.Weight) && _byExpiry.TryDequeue(out var first, out _))
        {
            RemoveIfCurrent(first);
        }

        if (_byExpiry.Count > (2 * _count) + AlwaysQueued) { ForgetGone(); }
        return pushedOut;
    }

    private List<string>? MakeRoomInShare(Entry entry)
    {
        List<string>? pushedOut = null;
        while (entry.Owner is { } owner && _shares.TryGetValue(owner, out var share) && share.OldestFirst.First is { Value: var oldest }
            && (share.OldestFirst.Count >= bounds.EntriesPerOwner || share.Weight + entry.Weight > bounds.WeightPerOwner
                || _count >= bounds.Entries || _weight + entry.Weight > bounds.Weight))
        {
            (pushedOut ??= []).Add(oldest.Key);
            Remove(oldest);
        }

        return pushedOut;
    }

    private void Append(Entry entry)
    {
        entry.Number = ++_numbers;
        if (entry.Owner is { } owner)
        {
            if (!_shares.TryGetValue(owner, out var share)) { _shares[owner] = share = new Share(); }
            entry.Place = share.OldestFirst.AddLast(entry);
            share.Weight += entry.Weight;
        }

        _count++;
        Interlocked.Add(ref _weight, entry.Weight);
        _byExpiry.Enqueue((entry.Key, entry.Number), (entry.Expires, entry.Number));
        _entries[entry.Key] = entry;
    }

    private void Remove(Entry entry)
    {
        LetGo(entry);
        _entries.TryRemove(entry.Key, out _);
    }

    private void LetGo(Entry entry)
    {
        _count--;
        Interlocked.Add(ref _weight, -entry.Weight);
        if (entry is not { Owner: { } owner, Place: { } place }) { return; }

        var share = _shares[owner];
        share.OldestFirst.Remove(place);
        share.Weight -= entry.Weight;
        if (share.OldestFirst.Count == 0) { _shares.Remove(owner); }
    }

    private void RemoveExpired()
    {
        var now = time.GetUtcNow();
        while (_byExpiry.TryPeek(out var first, out var order) && order.Expires <= now)
        {
            _byExpiry.Dequeue();
            RemoveIfCurrent(first);
        }
    }

    private void RemoveIfCurrent((string Key, long Number) queued)
    {
        if (_entries.TryGetValue(queued.Key, out var entry) && entry.Number == queued.Number) { Remove(entry); }
    }

    private void ForgetGone()
    {
        _byExpiry.Clear();
        foreach (var (_, entry) in _entries) { _byExpiry.Enqueue((entry.Key, entry.Number), (entry.Expires, entry.Number)); }
    }

    private sealed class Share
    {
        public LinkedList<Entry> OldestFirst { get; } = new();

        public long Weight { get; set; }
    }

    private sealed class Entry(string key, TValue value, DateTimeOffset expires)
    {
        public string Key { get; } = key;

        public TValue Value { get; } = value;

        public DateTimeOffset Expires { get; } = expires;

        public string? Owner { get; init; }

        public long Weight { get; init; }

        public long Number { get; set; }

        public LinkedListNode<Entry>? Place { get; set; }
    }
}
