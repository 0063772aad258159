using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.DevIdentity.Sessions;

/// <summary>A bounded map whose entries end by time. When it is full it refuses new entries and never drops one that is still valid.</summary>
internal sealed class ExpiringStore<T>(int capacity, TimeProvider time)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _nextSweep;

    public int Count => _entries.Count;

    /// <summary>False when the key is taken by a valid entry, or the store is full.</summary>
    public bool TryAdd(string key, T value, DateTimeOffset expiresAt)
    {
        Sweep();
        if (_entries.Count >= capacity) { return false; }
        var entry = new Entry(value, expiresAt);
        return ReferenceEquals(_entries.AddOrUpdate(key, entry, (_, current) => IsValid(current) ? current : entry), entry);
    }

    public bool TryGet(string? key, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (key is null || !_entries.TryGetValue(key, out var entry) || !IsValid(entry)) { return false; }
        value = entry.Value;
        return true;
    }

    /// <summary>Removes the entry; of concurrent callers one gets it.</summary>
    public bool TryTake(string? key, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (key is null || !_entries.TryRemove(key, out var entry) || !IsValid(entry)) { return false; }
        value = entry.Value;
        return true;
    }

    public void Extend(string key, DateTimeOffset expiresAt)
    {
        if (_entries.TryGetValue(key, out var entry)) { _entries.TryUpdate(key, entry with { ExpiresAt = expiresAt }, entry); }
    }

    private bool IsValid(Entry entry) => entry.ExpiresAt > time.GetUtcNow();

    private void Sweep()
    {
        var now = time.GetUtcNow();
        var due = Interlocked.Read(ref _nextSweep);
        if (now.UtcTicks < due || Interlocked.CompareExchange(ref _nextSweep, (now + SweepInterval).UtcTicks, due) != due) { return; }
        foreach (var pair in _entries)
        {
            if (!IsValid(pair.Value)) { _entries.TryRemove(pair); }
        }
    }

    private sealed record Entry(T Value, DateTimeOffset ExpiresAt);
}
