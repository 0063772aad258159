using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// What was revoked, by name, each as long as something could still live that it concerns. The list is bounded and never forgets: it
/// becomes coarser. Of a person with more entries than a share, everything issued until the last of them is refused instead, and nobody
/// else notices. When the list as a whole is full, the oldest quarter goes, and everything issued until the last of that quarter is
/// refused. Whoever has a session gets something newer; a session that has ended gets nothing.
/// </summary>
public sealed partial class RevocationList
{
    /// <summary>Entries of all people together.</summary>
    public const int Capacity = 50_000;

    /// <summary>Entries of one person.</summary>
    public const int PersonShare = 200;

    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Read without a lock, changed under it.
    private readonly ConcurrentDictionary<string, Entry> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> _people = new(StringComparer.Ordinal);

    private readonly Dictionary<string, HashSet<Entry>> _shares = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly Lock _writing = new();
    private long _refusedUntil;

    /// <summary>An empty list.</summary>
    /// <param name="longest">How long what is revoked could live at most.</param>
    /// <param name="time">The clock by which entries are forgotten.</param>
    /// <param name="logger">Is told when the list becomes coarser.</param>
    public RevocationList(TimeSpan longest, TimeProvider time, ILogger logger) => (_longest, _time, _logger) = (longest, time, logger);

    /// <summary>Everything issued until then is refused; null when nothing of that can be alive.</summary>
    public DateTimeOffset? RefusedUntil => Alive(new DateTimeOffset(Interlocked.Read(ref _refusedUntil), TimeSpan.Zero));

    /// <summary>Everything of this person issued until then is refused; null when nothing of that can be alive.</summary>
    /// <param name="owner">The person, as <see cref="Revocation.OwnerOf"/> names them.</param>
    public DateTimeOffset? RefusedUntilOf(string? owner) => owner is not null && _people.TryGetValue(owner, out var entry)
        ? Alive(entry.What.At) : null;

    /// <summary>Whether this very name was revoked and stands in the list.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _named.TryGetValue(name, out var entry) && Alive(entry.What.At) is not null;

    /// <summary>Takes over one entry, and returns what stands for it in the list now: itself, or its person's moment.</summary>
    /// <param name="revoked">What was revoked.</param>
    public Revocation Add(Revocation revoked)
    {
        lock (_writing)
        {
            while (_oldestFirst.First is { Value: var oldest } && Alive(oldest.What.At) is null) { Remove(oldest); }
            var now = _time.GetUtcNow();
            // Nobody's clock may refuse what will be issued in the future.
            if (revoked.At > now) { revoked = revoked with { At = now }; }
            if (Alive(revoked.At) is null) { return revoked; }

            switch (revoked)
            {
                case { Name: { } name, Owner: var owner }:
                    // What is told again, as replicas do, is no later revocation.
                    if (Contains(name)) { return revoked; }
                    if (_named.TryGetValue(name, out var over)) { Remove(over); }
                    // Where a person's names gave way already, another one would only begin to fill the share again.
                    if (owner is not null && _people.TryGetValue(owner, out var person) && person.HasGivenWay)
                    {
                        return RefuseUntil(owner, revoked.At, hasGivenWay: true);
                    }

                    return AddNamed(new Entry(revoked));
                case { Owner: { } owner }:
                    return RefuseUntil(owner, revoked.At, hasGivenWay: false);
                default:
                    if (RefuseUntil(revoked.At)) { ReportCoarser(); }
                    return revoked;
            }
        }
    }

    /// <summary>All that counts now.</summary>
    public IReadOnlyList<Revocation> Entries()
    {
        lock (_writing)
        {
            var entries = _oldestFirst.Select(entry => entry.What).Where(what => Alive(what.At) is not null);
            return [.. RefusedUntil is { } until ? entries.Prepend(new Revocation(null, null, until)) : entries];
        }
    }

    private DateTimeOffset? Alive(DateTimeOffset at) => at + _longest > _time.GetUtcNow() ? at : null;

    private Revocation AddNamed(Entry entry)
    {
        _named[entry.What.Name!] = entry;
        _oldestFirst.AddLast(entry.Place);
        if (entry.What.Owner is { } owner)
        {
            if (!_shares.TryGetValue(owner, out var share)) { _shares[owner] = share = []; }
            share.Add(entry);
            if (share.Count > PersonShare) { return GiveWay(owner, share); }
        }

        MakeRoom();
        return entry.What;
    }

    private Revocation GiveWay(string owner, HashSet<Entry> share)
    {
        // Before the names go, so that at no moment neither refuses.
        var moment = RefuseUntil(owner, share.Max(entry => entry.What.At), hasGivenWay: true);
        foreach (var entry in share.ToArray()) { Remove(entry); }
        Instrumentation.RecordRevocationsCoarsened("person");
        LogCoarserForPerson(moment.At);
        return moment;
    }

    private void MakeRoom()
    {
        if (_oldestFirst.Count <= Capacity) { return; }

        while (_oldestFirst.Count > Capacity * 3 / 4 && _oldestFirst.First is { Value: var oldest })
        {
            RefuseUntil(oldest.What.At);
            Remove(oldest);
        }

        ReportCoarser();
    }

    /// <summary>An earlier moment changes nothing.</summary>
    private bool RefuseUntil(DateTimeOffset moment)
    {
        if (moment.UtcTicks <= _refusedUntil) { return false; }

        Interlocked.Exchange(ref _refusedUntil, moment.UtcTicks);
        return RefusedUntil is not null;
    }

    private Revocation RefuseUntil(string owner, DateTimeOffset moment, bool hasGivenWay)
    {
        var known = _people.GetValueOrDefault(owner);
        var entry = new Entry(known?.What.At > moment ? known.What : new Revocation(null, owner, moment))
        {
            HasGivenWay = hasGivenWay || known?.HasGivenWay == true,
        };
        _people[owner] = entry;
        if (known is not null) { _oldestFirst.Remove(known.Place); }
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
        if (owner is null || !_shares.TryGetValue(owner, out var share)) { return; }

        share.Remove(entry);
        if (share.Count == 0) { _shares.Remove(owner); }
    }

    private void ReportCoarser()
    {
        Instrumentation.RecordRevocationsCoarsened("everybody");
        LogCoarser(RefusedUntil);
    }

    [LoggerMessage(EventName = "revocations.coarsened", Level = LogLevel.Warning,
        Message = "More sessions and tokens were revoked than the list holds: every token issued until {Moment} is refused, whose holder "
            + "needs a new one")]
    private partial void LogCoarser(DateTimeOffset? moment);

    [LoggerMessage(EventName = "revocations.coarsened_for_person", Level = LogLevel.Warning,
        Message = "More sessions and tokens of one person were revoked than a person's share of the list: all of that person's issued "
            + "until {Moment} are refused")]
    private partial void LogCoarserForPerson(DateTimeOffset moment);

    private sealed class Entry
    {
        public Entry(Revocation what) => (What, Place) = (what, new LinkedListNode<Entry>(this));

        public Revocation What { get; }

        public LinkedListNode<Entry> Place { get; }

        /// <summary>Of a person's moment: it stands for names that were too many, so later ones only move it on.</summary>
        public bool HasGivenWay { get; init; }
    }
}
