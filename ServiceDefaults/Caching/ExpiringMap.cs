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
    private readonly ConcurrentDictionary<string, MapEntry<TValue>> _entries = new(StringComparer.Ordinal);
    private readonly OwnerShares<TValue> _shares = new(bounds);

    // Also contains keys of removed entries until they are due; never holds values.
    private readonly PriorityQueue<(string Key, long Number), (DateTimeOffset Expires, long Number)> _byExpiry = new();
    private readonly Lock _lock = new();
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
        lock (_lock)
        {
            Put(new MapEntry<TValue>(key, value, expires));
        }
    }

    /// <summary>Sets an entry, replacing any with the same key; returns the owner's entries that were evicted.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry; an expired entry is not stored.</param>
    /// <param name="weight">The weight.</param>
    public IReadOnlyList<string> Set(string owner, string key, TValue value, DateTimeOffset expires, long weight)
    {
        lock (_lock)
        {
            return Put(new MapEntry<TValue>(key, value, expires) { Owner = owner, Weight = weight }) ?? [];
        }
    }

    /// <summary>Adds an entry without an owner; false if the key exists. Of concurrent calls one succeeds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="expires">The expiry.</param>
    public bool TryAdd(string key, TValue value, DateTimeOffset expires)
    {
        lock (_lock)
        {
            if (Find(key) is not null)
            {
                return false;
            }

            Put(new MapEntry<TValue>(key, value, expires));
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
        lock (_lock)
        {
            RemoveExpired();
            if (Find(key) is not null)
            {
                return Addition.KeyTaken;
            }
            if (Refuses(owner))
            {
                return Addition.ShareFull;
            }

            Put(new MapEntry<TValue>(key, value, expires) { Owner = owner });
            return Addition.Added;
        }
    }

    /// <summary>Removes the entry; of concurrent callers one receives it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The removed value.</param>
    public bool TryTake(string? key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            var found = Find(key);
            value = found is null ? default : found.Value;
            if (found is not null)
            {
                Remove(found);
            }
            return found is not null;
        }
    }

    /// <summary>Changes the expiry of an entry that has not expired; it then counts as its owner's youngest.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="expires">The new expiry.</param>
    public void Extend(string key, DateTimeOffset expires)
    {
        lock (_lock)
        {
            if (Find(key) is { } entry)
            {
                Put(new MapEntry<TValue>(key, entry.Value, expires) { Owner = entry.Owner, Weight = entry.Weight });
            }
        }
    }

    /// <summary>Moves an entry that has not expired to another share, or to the end of its own; it stays where it is if the other share is
    /// full and rejects it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="owner">The new owner.</param>
    public void Move(string key, string owner)
    {
        lock (_lock)
        {
            RemoveExpired();
            if (Find(key) is not { } entry || (entry.Owner != owner && Refuses(owner)))
            {
                return;
            }

            Put(new MapEntry<TValue>(key, entry.Value, entry.Expires) { Owner = owner, Weight = entry.Weight });
        }
    }

    /// <summary>The first matching entry of this owner, or of all owners if null.</summary>
    /// <param name="owner">The owner, or null.</param>
    /// <param name="matches">Whether an entry matches.</param>
    public TValue? FirstOrDefault(string? owner, Func<TValue, bool> matches)
    {
        lock (_lock)
        {
            return Of(owner).Select(entry => entry.Value).FirstOrDefault(matches);
        }
    }

    /// <summary>Removes the matching entries of this owner, or of all owners if null.</summary>
    /// <param name="owner">The owner, or null.</param>
    /// <param name="matches">Whether an entry matches, by key and value.</param>
    public IReadOnlyList<KeyValuePair<string, TValue>> RemoveWhere(string? owner, Func<string, TValue, bool> matches)
    {
        lock (_lock)
        {
            var matching = Of(owner).Where(entry => matches(entry.Key, entry.Value)).ToList();
            matching.ForEach(Remove);
            return [.. matching.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))];
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _shares.Clear();
            _byExpiry.Clear();
            _count = 0;
            _weight = 0;
        }
    }

    private MapEntry<TValue>? Find(string? key) =>
        key is not null && _entries.TryGetValue(key, out var entry) && entry.Expires > time.GetUtcNow() ? entry : null;

    private IEnumerable<MapEntry<TValue>> Of(string? owner) => owner is null ? _entries.Values : _shares[owner];

    private bool Refuses(string owner) => bounds.WhenShareFull == FullShare.Refuses && _shares.IsFull(owner);

    private List<string>? Put(MapEntry<TValue> entry)
    {
        RemoveExpired();
        if (entry.Expires <= time.GetUtcNow())
        {
            return null;
        }

        // It remains readable until the new one replaces it.
        if (_entries.TryGetValue(entry.Key, out var replaced))
        {
            Subtract(replaced);
        }
        var evicted = EvictFromShare(entry);
        Append(entry);
        while ((_count > bounds.Entries || _weight > bounds.Weight) && _byExpiry.TryDequeue(out var first, out _))
        {
            RemoveIfCurrent(first);
        }

        if (_byExpiry.Count > (2 * _count) + AlwaysQueued)
        {
            DropStaleExpiries();
        }
        return evicted;
    }

    private List<string>? EvictFromShare(MapEntry<TValue> entry)
    {
        List<string>? evicted = null;
        while (entry.Owner is { } owner && _shares.Oldest(owner) is { } oldest
            && (_shares.IsFull(owner) || _shares.Exceeds(owner, entry.Weight)
                || _count >= bounds.Entries || _weight + entry.Weight > bounds.Weight))
        {
            (evicted ??= []).Add(oldest.Key);
            Remove(oldest);
        }

        return evicted;
    }

    private void Append(MapEntry<TValue> entry)
    {
        entry.Number = ++_numbers;
        _shares.Add(entry);
        _count++;
        Interlocked.Add(ref _weight, entry.Weight);
        _byExpiry.Enqueue((entry.Key, entry.Number), (entry.Expires, entry.Number));
        _entries[entry.Key] = entry;
    }

    private void Remove(MapEntry<TValue> entry)
    {
        Subtract(entry);
        _entries.TryRemove(entry.Key, out _);
    }

    private void Subtract(MapEntry<TValue> entry)
    {
        _count--;
        Interlocked.Add(ref _weight, -entry.Weight);
        _shares.Remove(entry);
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
        if (_entries.TryGetValue(queued.Key, out var entry) && entry.Number == queued.Number)
        {
            Remove(entry);
        }
    }

    private void DropStaleExpiries()
    {
        _byExpiry.Clear();
        foreach (var (_, entry) in _entries)
        {
            _byExpiry.Enqueue((entry.Key, entry.Number), (entry.Expires, entry.Number));
        }
    }
}
