using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.ServiceDefaults.Caching;

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

    private readonly ExpiringMap<HeldTicket> _tickets = new(
        new MapBounds { Entries = Most, Weight = MostBytes, EntriesPerOwner = MostPerPerson, WeightPerOwner = MostBytesPerPerson }, time);

    // Between a look and what is done by it.
    private readonly Lock _changing = new();

    public int Count => _tickets.Count;

    public long Bytes => _tickets.Weight;

    public bool TryGet(string id, [NotNullWhen(true)] out HeldTicket? ticket) => _tickets.TryGet(id, out ticket);

    /// <summary>Never an older one over a newer one. Tells what is held now, and which others of the person had to go.</summary>
    public (HeldTicket Held, IReadOnlyList<string> PushedOut) Hold(string id, HeldTicket ticket)
    {
        lock (_changing)
        {
            return _tickets.TryGet(id, out var known) && known.Renewals > ticket.Renewals ? (known, []) : (ticket, Put(id, ticket));
        }
    }

    /// <summary>False when another one has taken its place, or none is there any more.</summary>
    public bool TryReplace(string id, HeldTicket current, HeldTicket next)
    {
        lock (_changing)
        {
            if (!_tickets.TryGet(id, out var known) || known != current) { return false; }

            // Who signs in over another's session in the same browser takes it over.
            Put(id, next);
            return true;
        }
    }

    /// <summary>One of this person, or of everybody where none is named, that is meant.</summary>
    public HeldTicket? Find(string? owner, Func<HeldTicket, bool> isMeant) => _tickets.FirstOrDefault(owner, isMeant);

    /// <summary>Removes those of this person, or of everybody where none is named, that are meant.</summary>
    public IReadOnlyList<KeyValuePair<string, HeldTicket>> RemoveWhere(string? owner, Func<string, HeldTicket, bool> isMeant)
    {
        lock (_changing) { return _tickets.RemoveWhere(owner, isMeant); }
    }

    private IReadOnlyList<string> Put(string id, HeldTicket held) => _tickets.Set(
        EndedSessions.OwnerOf(held.Ticket) ?? "", id, held, held.Ticket.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue,
        Overhead + (2L * TicketSerializer.Default.Serialize(held.Ticket).Length));
}
