using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.DevIdentity.Sessions;

/// <summary>
/// A map whose entries end by time. Each entry has an owner, and each owner a share of the same size, so nobody's entries push out or
/// keep out another's. Owners are people and clients of the realm, which bounds the whole: never take one from an unchecked request.
/// </summary>
internal sealed class ExpiringStore<T>(int share, FullShare whenFull, TimeProvider time)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<Entry>> _shares = new(StringComparer.Ordinal);
    private DateTimeOffset _nextSweep;

    public int Count
    {
        get
        {
            lock (_lock) { return _entries.Count; }
        }
    }

    public Addition Add(string owner, string key, T value, DateTimeOffset expiresAt)
    {
        lock (_lock)
        {
            Sweep();
            if (TryFind(key, out _)) { return Addition.KeyTaken; }
            if (!TryMakeRoom(owner)) { return Addition.ShareFull; }
            Append(new Entry(key, value) { Owner = owner, ExpiresAt = expiresAt });
            return Addition.Added;
        }
    }

    public bool TryGet(string? key, [MaybeNullWhen(false)] out T value)
    {
        lock (_lock)
        {
            var found = TryFind(key, out var entry);
            value = found ? entry!.Value : default;
            return found;
        }
    }

    /// <summary>Removes the entry; of concurrent callers one gets it.</summary>
    public bool TryTake(string? key, [MaybeNullWhen(false)] out T value)
    {
        lock (_lock)
        {
            var found = TryFind(key, out var entry);
            value = found ? entry!.Value : default;
            if (found) { Remove(entry!); }
            return found;
        }
    }

    /// <summary>Gives a valid entry a later end; it then counts as the one used last.</summary>
    public void Extend(string key, DateTimeOffset expiresAt)
    {
        lock (_lock)
        {
            if (!TryFind(key, out var entry)) { return; }
            Remove(entry);
            entry.ExpiresAt = expiresAt;
            Append(entry);
        }
    }

    /// <summary>Puts a valid entry into another share, or to the end of its own; it
    /// stays where it is when the other is full and refuses.</summary>
    public void Move(string key, string owner)
    {
        lock (_lock)
        {
            if (!TryFind(key, out var entry) || (entry.Owner != owner && !TryMakeRoom(owner))) { return; }
            Remove(entry);
            entry.Owner = owner;
            Append(entry);
        }
    }

    private bool TryFind(string? key, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        if (key is null || !_entries.TryGetValue(key, out var found)) { return false; }
        if (IsValid(found)) { entry = found; }
        else { Remove(found); }
        return entry is not null;
    }

    private bool TryMakeRoom(string owner)
    {
        if (!_shares.TryGetValue(owner, out var entries) || entries.Count < share) { return true; }
        if (whenFull == FullShare.Refuses) { return false; }
        Remove(entries.First!.Value);
        return true;
    }

    private void Append(Entry entry)
    {
        if (!_shares.TryGetValue(entry.Owner, out var entries)) { _shares[entry.Owner] = entries = new LinkedList<Entry>(); }
        entries.AddLast(entry.Place);
        _entries[entry.Key] = entry;
    }

    private void Remove(Entry entry)
    {
        _entries.Remove(entry.Key);
        _shares[entry.Owner].Remove(entry.Place);
    }

    private bool IsValid(Entry entry) => entry.ExpiresAt > time.GetUtcNow();

    private void Sweep()
    {
        var now = time.GetUtcNow();
        if (now < _nextSweep) { return; }
        _nextSweep = now + SweepInterval;
        foreach (var ended in _entries.Values.Where(entry => entry.ExpiresAt <= now).ToArray()) { Remove(ended); }
    }

    private sealed class Entry
    {
        public Entry(string key, T value) => (Key, Value, Place) = (key, value, new LinkedListNode<Entry>(this));

        public string Key { get; }
        public T Value { get; }
        public LinkedListNode<Entry> Place { get; }
        public required string Owner { get; set; }
        public required DateTimeOffset ExpiresAt { get; set; }
    }
}
