using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>
/// A bounded cache whose entries are gone at a moment of their own. When it is
/// full, what expires soonest goes first. Reading takes no lock.
/// </summary>
internal sealed class ExpiringCache<TValue>(int capacity, TimeProvider time)
    where TValue : class
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // Holds entries that were replaced too, until it is their turn; both are changed under the lock only.
    private readonly PriorityQueue<Entry, DateTimeOffset> _byExpiry = new();
    private readonly Lock _writing = new();

    public bool TryGet(string key, [NotNullWhen(true)] out TValue? value)
    {
        value = _entries.TryGetValue(key, out var entry) && entry.Expires > time.GetUtcNow() ? entry.Value : null;
        return value is not null;
    }

    public void Set(string key, TValue value, DateTimeOffset expires)
    {
        var now = time.GetUtcNow();
        if (expires <= now) { return; }

        var entry = new Entry(key, value, expires);
        lock (_writing)
        {
            _entries[key] = entry;
            _byExpiry.Enqueue(entry, expires);
            while (_byExpiry.Peek() is var first && (first.Expires <= now || _entries.Count > capacity)) { Remove(_byExpiry.Dequeue()); }
            if (_byExpiry.Count > 2 * capacity) { ForgetReplaced(); }
        }
    }

    /// <summary>Of those who add one key at once, one succeeds.</summary>
    public bool TryAdd(string key, TValue value, DateTimeOffset expires)
    {
        lock (_writing)
        {
            if (TryGet(key, out _)) { return false; }

            Set(key, value, expires);
            return true;
        }
    }

    public void Clear()
    {
        lock (_writing)
        {
            _entries.Clear();
            _byExpiry.Clear();
        }
    }

    /// <summary>Not what has replaced it.</summary>
    private void Remove(Entry entry) => _entries.TryRemove(new KeyValuePair<string, Entry>(entry.Key, entry));

    private void ForgetReplaced()
    {
        _byExpiry.Clear();
        foreach (var (_, entry) in _entries) { _byExpiry.Enqueue(entry, entry.Expires); }
    }

    private sealed class Entry(string key, TValue value, DateTimeOffset expires)
    {
        public string Key { get; } = key;

        public TValue Value { get; } = value;

        public DateTimeOffset Expires { get; } = expires;
    }
}
