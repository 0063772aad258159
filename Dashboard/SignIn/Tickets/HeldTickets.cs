using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Tickets in memory, bounded in number and in bytes, for each person and in all. A person's own oldest goes first: whoever signs in
/// again and again pushes out nobody else's. Only the first ticket of a person for whom there is no room takes it from the oldest of all.
/// </summary>
internal sealed class HeldTickets(TimeProvider time)
{
    public const int Most = 10_000;
    public const int MostPerPerson = 20;
    public const long MostBytes = 128 * 1024 * 1024;
    public const long MostBytesPerPerson = 2 * 1024 * 1024;

    // Of a ticket's objects and of its places here, beside its texts, of which each character is two bytes in memory.
    private const int Overhead = 4 * 1024;

    // Read without a lock, changed under it.
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly Lock _writing = new();
    private long _bytes;

    public int Count => _entries.Count;

    public long Bytes => Interlocked.Read(ref _bytes);

    public bool TryGet(string id, [NotNullWhen(true)] out HeldTicket? ticket)
    {
        ticket = _entries.TryGetValue(id, out var entry) ? entry.Ticket : null;
        return ticket is not null;
    }

    /// <summary>Never an older one over a newer one. Tells what is held now, and which others of the person had to go.</summary>
    public (HeldTicket Held, IReadOnlyList<string> PushedOut) Hold(string id, HeldTicket ticket)
    {
        lock (_writing)
        {
            if (_entries.TryGetValue(id, out var known))
            {
                if (known.Ticket.Renewals > ticket.Renewals) { return (known.Ticket, []); }
                Remove(known);
            }

            while (_oldestFirst.First is { Value: var oldest } && IsOver(oldest.Ticket)) { Remove(oldest); }
            var entry = EntryOf(id, ticket);
            var pushedOut = MakeRoom(entry);
            Add(entry);
            return (ticket, pushedOut);
        }
    }

    /// <summary>False when another one has taken its place, or none is there any more.</summary>
    public bool TryReplace(string id, HeldTicket current, HeldTicket next)
    {
        lock (_writing)
        {
            if (!_entries.TryGetValue(id, out var known) || known.Ticket != current) { return false; }

            // Who signs in over another's session in the same browser takes it over.
            Remove(known);
            var entry = EntryOf(id, next);
            MakeRoom(entry);
            Add(entry);
            return true;
        }
    }

    /// <summary>One of this person, or of everybody where none is named, that is meant.</summary>
    public HeldTicket? Find(string? owner, Func<HeldTicket, bool> isMeant)
    {
        lock (_writing) { return Candidates(owner).FirstOrDefault(entry => isMeant(entry.Ticket))?.Ticket; }
    }

    /// <summary>Removes those of this person, or of everybody where none is named, that are meant.</summary>
    public IReadOnlyList<KeyValuePair<string, HeldTicket>> RemoveWhere(string? owner, Func<string, HeldTicket, bool> isMeant)
    {
        lock (_writing)
        {
            var meant = Candidates(owner).Where(entry => isMeant(entry.Id, entry.Ticket)).ToList();
            meant.ForEach(Remove);
            return [.. meant.Select(entry => KeyValuePair.Create(entry.Id, entry.Ticket))];
        }
    }

    private LinkedList<Entry> Candidates(string? owner) => owner is null
        ? _oldestFirst
        : _shares.TryGetValue(owner, out var share) ? share.OldestFirst : new();

    private bool IsOver(HeldTicket held) => held.Ticket.Properties.ExpiresUtc <= time.GetUtcNow();

    private List<string> MakeRoom(Entry entry)
    {
        List<string> own = [];
        var most = MostBytesPerPerson - entry.Weight;
        while (_shares.TryGetValue(entry.Owner, out var share)
            && (share.OldestFirst.Count >= MostPerPerson || share.Bytes > most || IsFullWith(entry)))
        {
            own.Add(share.OldestFirst.First!.Value.Id);
            Remove(share.OldestFirst.First.Value);
        }

        while (IsFullWith(entry) && _oldestFirst.First is { Value: var oldest }) { Remove(oldest); }
        return own;
    }

    private bool IsFullWith(Entry entry) => _entries.Count >= Most || _bytes + entry.Weight > MostBytes;

    private void Add(Entry entry)
    {
        if (!_shares.TryGetValue(entry.Owner, out var share)) { _shares[entry.Owner] = share = new Share(); }
        share.OldestFirst.AddLast(entry.OwnPlace);
        share.Bytes += entry.Weight;
        _oldestFirst.AddLast(entry.Place);
        Interlocked.Add(ref _bytes, entry.Weight);
        _entries[entry.Id] = entry;
    }

    private void Remove(Entry entry)
    {
        _entries.TryRemove(entry.Id, out _);
        _oldestFirst.Remove(entry.Place);
        Interlocked.Add(ref _bytes, -entry.Weight);
        var share = _shares[entry.Owner];
        share.OldestFirst.Remove(entry.OwnPlace);
        share.Bytes -= entry.Weight;
        if (share.OldestFirst.Count == 0) { _shares.Remove(entry.Owner); }
    }

    private static Entry EntryOf(string id, HeldTicket held) =>
        new(id, held, EndedSessions.OwnerOf(held.Ticket) ?? "", Overhead + (2L * TicketSerializer.Default.Serialize(held.Ticket).Length));

    private sealed class Share
    {
        public LinkedList<Entry> OldestFirst { get; } = new();

        public long Bytes { get; set; }
    }

    private sealed class Entry
    {
        public Entry(string id, HeldTicket ticket, string owner, long weight)
        {
            (Id, Ticket, Owner, Weight) = (id, ticket, owner, weight);
            (Place, OwnPlace) = (new LinkedListNode<Entry>(this), new LinkedListNode<Entry>(this));
        }

        public string Id { get; }

        public HeldTicket Ticket { get; }

        public string Owner { get; }

        public long Weight { get; }

        public LinkedListNode<Entry> Place { get; }

        public LinkedListNode<Entry> OwnPlace { get; }
    }
}
