using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Revoked names, each kept as long as anything it applies to could be valid. The list is bounded and never loses a revocation: it
/// becomes coarser. If a person exceeds their share of entries, a cutoff replaces them: everything of that person issued until then is
/// refused, and other people are unaffected. If the whole list is full, a cutoff for everyone replaces the oldest quarter.
/// A person with an active session obtains a newer token; an ended session obtains nothing.
/// </summary>
public sealed partial class RevocationList
{
    /// <summary>Maximum number of entries in total.</summary>
    public const int Capacity = 50_000;

    /// <summary>Maximum number of entries of one person.</summary>
    public const int PersonShare = 200;

    private readonly TimeSpan _maxLifetime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Read without a lock, changed under it.
    private readonly ConcurrentDictionary<string, Entry> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> _people = new(StringComparer.Ordinal);

    private readonly Dictionary<string, HashSet<Entry>> _shares = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly Lock _lock = new();
    private long _cutoff;

    /// <summary>An empty list.</summary>
    /// <param name="maxLifetime">The longest lifetime of anything that can be revoked.</param>
    /// <param name="time">The clock for expiry.</param>
    /// <param name="logger">Logs when the list becomes coarser.</param>
    public RevocationList(TimeSpan maxLifetime, TimeProvider time, ILogger logger)
    {
        _maxLifetime = maxLifetime;
        _time = time;
        _logger = logger;
    }

    /// <summary>The cutoff: everything issued until then is refused; null if nothing of that can still be valid.</summary>
    public DateTimeOffset? Cutoff => Alive(new DateTimeOffset(Interlocked.Read(ref _cutoff), TimeSpan.Zero));

    /// <summary>This person's cutoff: everything of theirs issued until then is refused; null if none of it can still be valid.</summary>
    /// <param name="owner">The person, as <see cref="Revocation.OwnerOf"/> names them.</param>
    public DateTimeOffset? CutoffOf(string? owner) => owner is not null && _people.TryGetValue(owner, out var entry)
        ? Alive(entry.What.At) : null;

    /// <summary>Whether the list contains this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _named.TryGetValue(name, out var entry) && Alive(entry.What.At) is not null;

    /// <summary>Adds an entry, and returns the entry that now represents it: itself, or its person's cutoff.</summary>
    /// <param name="revoked">What was revoked.</param>
    public Revocation Add(Revocation revoked)
    {
        lock (_lock)
        {
            while (_oldestFirst.First is { Value: var oldest } && Alive(oldest.What.At) is null)
            {
                Remove(oldest);
            }
            var now = _time.GetUtcNow();
            // No clock may refuse what will be issued in the future.
            if (revoked.At > now)
            {
                revoked = revoked with { At = now };
            }
            if (Alive(revoked.At) is null)
            {
                return revoked;
            }

            switch (revoked)
            {
                case { Name: { } name, Owner: var owner }:
                    // A repeated message, as replicas send, is not a later revocation.
                    if (Contains(name))
                    {
                        return revoked;
                    }
                    if (_named.TryGetValue(name, out var over))
                    {
                        Remove(over);
                    }
                    // If a cutoff has already replaced a person's names, a further name would only start to fill the share again.
                    if (owner is not null && _people.TryGetValue(owner, out var person) && person.IsCollapsed)
                    {
                        return AdvanceCutoff(owner, revoked.At, isCollapsed: true);
                    }

                    return AddNamed(new Entry(revoked));
                case { Owner: { } owner }:
                    return AdvanceCutoff(owner, revoked.At, isCollapsed: false);
                default:
                    if (AdvanceCutoff(revoked.At))
                    {
                        ReportCoarser();
                    }
                    return revoked;
            }
        }
    }

    /// <summary>All current entries.</summary>
    public IReadOnlyList<Revocation> Entries()
    {
        lock (_lock)
        {
            var entries = _oldestFirst.Select(entry => entry.What).Where(what => Alive(what.At) is not null);
            return [.. Cutoff is { } cutoff ? entries.Prepend(new Revocation(null, null, cutoff)) : entries];
        }
    }

    private DateTimeOffset? Alive(DateTimeOffset at) => at + _maxLifetime > _time.GetUtcNow() ? at : null;

    private Revocation AddNamed(Entry entry)
    {
        _named[entry.What.Name!] = entry;
        _oldestFirst.AddLast(entry.Place);
        if (entry.What.Owner is { } owner)
        {
            if (!_shares.TryGetValue(owner, out var share))
            {
                _shares[owner] = share = [];
            }
            share.Add(entry);
            if (share.Count > PersonShare)
            {
                return CollapseToCutoff(owner, share);
            }
        }

        MakeRoom();
        return entry.What;
    }

    private Revocation CollapseToCutoff(string owner, HashSet<Entry> share)
    {
        // Set before the names are removed, so that there is no gap.
        var cutoff = AdvanceCutoff(owner, share.Max(entry => entry.What.At), isCollapsed: true);
        foreach (var entry in share.ToArray())
        {
            Remove(entry);
        }
        Instrumentation.RecordRevocationsCoarsened("person");
        LogCoarserForPerson(cutoff.At);
        return cutoff;
    }

    private void MakeRoom()
    {
        if (_oldestFirst.Count <= Capacity)
        {
            return;
        }

        while (_oldestFirst.Count > Capacity * 3 / 4 && _oldestFirst.First is { Value: var oldest })
        {
            AdvanceCutoff(oldest.What.At);
            Remove(oldest);
        }

        ReportCoarser();
    }

    /// <summary>An earlier cutoff has no effect.</summary>
    private bool AdvanceCutoff(DateTimeOffset cutoff)
    {
        if (cutoff.UtcTicks <= _cutoff)
        {
            return false;
        }

        Interlocked.Exchange(ref _cutoff, cutoff.UtcTicks);
        return Cutoff is not null;
    }

    private Revocation AdvanceCutoff(string owner, DateTimeOffset cutoff, bool isCollapsed)
    {
        var known = _people.GetValueOrDefault(owner);
        var entry = new Entry(known?.What.At > cutoff ? known.What : new Revocation(null, owner, cutoff))
        {
            IsCollapsed = isCollapsed || known?.IsCollapsed == true,
        };
        _people[owner] = entry;
        if (known is not null)
        {
            _oldestFirst.Remove(known.Place);
        }
        _oldestFirst.AddLast(entry.Place);
        MakeRoom();
        return entry.What;
    }

    private void Remove(Entry entry)
    {
        _oldestFirst.Remove(entry.Place);
        var (name, owner, _) = entry.What;
        if (name is null)
        {
            _people.TryRemove(owner ?? "", out _);
            return;
        }

        _named.TryRemove(name, out _);
        if (owner is null || !_shares.TryGetValue(owner, out var share))
        {
            return;
        }

        share.Remove(entry);
        if (share.Count == 0)
        {
            _shares.Remove(owner);
        }
    }

    private void ReportCoarser()
    {
        Instrumentation.RecordRevocationsCoarsened("everyone");
        LogCoarser(Cutoff);
    }

    [LoggerMessage(EventName = "revocations.coarsened", Level = LogLevel.Warning,
        Message = "The revocation list is full: every token issued until {Cutoff} is refused, and its holder "
            + "needs a new one")]
    private partial void LogCoarser(DateTimeOffset? cutoff);

    [LoggerMessage(EventName = "revocations.coarsened_for_person", Level = LogLevel.Warning,
        Message = "One person's share of the revocation list is full: all of that person's tokens issued "
            + "until {Cutoff} are refused")]
    private partial void LogCoarserForPerson(DateTimeOffset cutoff);

    private sealed class Entry
    {
        public Entry(Revocation what)
        {
            What = what;
            Place = new LinkedListNode<Entry>(this);
        }

        public Revocation What { get; }

        public LinkedListNode<Entry> Place { get; }

        /// <summary>For a person's cutoff: it replaced too many names, so later revocations only advance it.</summary>
        public bool IsCollapsed { get; init; }
    }
}
