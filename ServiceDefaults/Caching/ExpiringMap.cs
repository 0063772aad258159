using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>
/// A map whose entries end at a moment of their own, bounded in number and in weight, as a whole and for each owner. An owner who adds
/// again and again makes room from their own oldest entries; when the map as a whole is full, what expires soonest goes first. Reading
/// takes no lock.
/// </summary>
/// <typeparam name="TValue">What is kept.</typeparam>
/// <param name="bounds">How much there may be.</param>
/// <param name="time">The clock by which entries end.</param>
public sealed class ExpiringMap<TValue>(MapBounds bounds, TimeProvider time)
{
    private const int AlwaysQueued = 64;

    // Read without a lock; this and all below are changed under it.
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    // Also names entries that are gone, until it is their turn; never holds their values.
    private readonly PriorityQueue<(string Key, long Number), (DateTimeOffset Expires, long Number)> _byExpiry = new();
    private readonly Lock _writing = new();
    private long _numbers;
    private int _count;
    private long _weight;

    /// <summary>The entries, with those that have ended since the last change.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The weight of all of them.</summary>
    public long Weight => Interlocked.Read(ref _weight);

    /// <summary>Finds what has not ended yet.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">What was found.</param>
    public bool TryGet(string? key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = Find(key);
        value = found is null ? default : found.Value;
        return found is not null;
    }

    /// <summary>Puts an entry without an owner in the place of any other with its key.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="expires">When it ends; nothing is kept that has ended already.</param>
    public void Set(string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing) { Put(new Entry(key, value, expires)); }
    }

    /// <summary>Puts an entry in the place of any other with its key; returns which others of its owner had to go.</summary>
    /// <param name="owner">Whose share it takes.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="expires">When it ends; nothing is kept that has ended already.</param>
    /// <param name="weight">How much it counts.</param>
    public IReadOnlyList<string> Set(string owner, string key, TValue value, DateTimeOffset expires, long weight)
    {
        lock (_writing) { return Put(new Entry(key, value, expires) { Owner = owner, Weight = weight }) ?? []; }
    }

    /// <summary>Adds an entry without an owner; false where there is one with its key. Of several at once one succeeds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="expires">When it ends.</param>
    public bool TryAdd(string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing)
        {
            if (Find(key) is not null) { return false; }

            Put(new Entry(key, value, expires));
            return true;
        }
    }

    /// <summary>Adds an entry, unless there is one with its key, or its owner's share is full and refuses.</summary>
    /// <param name="owner">Whose share it takes.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="expires">When it ends.</param>
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

    /// <summary>Removes the entry; of concurrent callers one gets it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">What was removed.</param>
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

    /// <summary>Gives an entry that has not ended another end; it then counts as its owner's youngest.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="expires">When it ends now.</param>
    public void Extend(string key, DateTimeOffset expires)
    {
        lock (_writing)
        {
            if (Find(key) is { } entry) { Put(new Entry(key, entry.Value, expires) { Owner = entry.Owner, Weight = entry.Weight }); }
        }
    }

    /// <summary>Puts an entry that has not ended into another share, or to the end of its own; it stays where it is when the other is
    /// full and refuses.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="owner">Whose share it takes.</param>
    public void Move(string key, string owner)
    {
        lock (_writing)
        {
            RemoveExpired();
            if (Find(key) is not { } entry || (entry.Owner != owner && Refuses(owner))) { return; }

            Put(new Entry(key, entry.Value, entry.Expires) { Owner = owner, Weight = entry.Weight });
        }
    }

    /// <summary>One of this owner, or of everybody where none is named, that is meant.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="isMeant">Whether it is one.</param>
    public TValue? FirstOrDefault(string? owner, Func<TValue, bool> isMeant)
    {
        lock (_writing) { return Of(owner).Select(entry => entry.Value).FirstOrDefault(isMeant); }
    }

    /// <summary>Removes those of this owner, or of everybody where none is named, that are meant.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="isMeant">Whether it is one, by key and value.</param>
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

        // It stays readable until the new one is in its place.
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
