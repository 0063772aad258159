using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>A bounded cache whose entries are gone at a moment of their own. When it is full, what expires soonest goes first.</summary>
internal sealed class ExpiringCache<TValue>(int capacity, TimeProvider time)
    where TValue : class
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _trimming = new();

    public bool TryGet(string key, [NotNullWhen(true)] out TValue? value)
    {
        var found = _entries.TryGetValue(key, out var entry);
        if (found && entry!.Expires <= time.GetUtcNow())
        {
            found = false;
            _entries.TryRemove(new KeyValuePair<string, Entry>(key, entry));
        }

        value = found ? entry!.Value : null;
        return found;
    }

    public void Set(string key, TValue value, DateTimeOffset expires)
    {
        if (expires <= time.GetUtcNow()) { return; }
        if (_entries.Count >= capacity) { Trim(); }
        _entries[key] = new Entry(value, expires);
    }

    public void Clear() => _entries.Clear();

    private void Trim()
    {
        lock (_trimming)
        {
            // A quarter at once, so that a full cache does not sort its entries on every insertion.
            foreach (var pair in _entries.OrderBy(pair => pair.Value.Expires).Take(_entries.Count - (capacity * 3 / 4)))
            {
                _entries.TryRemove(pair);
            }
        }
    }

    private sealed record Entry(TValue Value, DateTimeOffset Expires);
}
