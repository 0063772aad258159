using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Tickets in memory, bounded in number and bytes, per person and in total. A person's own oldest is evicted first, so repeated sign-ins
/// do not affect others. Only the first ticket of a person, if there is no room, evicts the oldest of all.
/// </summary>
internal sealed class HeldTickets(TimeProvider time)
{
    public const int MaxTickets = 10_000;
    public const int MaxTicketsPerPerson = 20;
    public const long MaxBytes = 128 * 1024 * 1024;
    public const long MaxBytesPerPerson = 2 * 1024 * 1024;

    // The overhead of a ticket's objects and entries, besides its texts, which take two bytes per character.
    private const int Overhead = 4 * 1024;

    private readonly ExpiringMap<HeldTicket> _tickets = new(
        new MapBounds
        {
            Entries = MaxTickets,
            Weight = MaxBytes,
            EntriesPerOwner = MaxTicketsPerPerson,
            WeightPerOwner = MaxBytesPerPerson,
        },
        time);

    // Makes a check and its action atomic.
    private readonly Lock _lock = new();

    public int Count => _tickets.Count;

    public long Bytes => _tickets.Weight;

    public bool TryGet(string id, [NotNullWhen(true)] out HeldTicket? ticket) => _tickets.TryGet(id, out ticket);

    /// <summary>Never replaces a newer ticket by an older one. Returns the current ticket, and the person's evicted ones.</summary>
    public (HeldTicket Held, IReadOnlyList<string> Evicted) Hold(string id, HeldTicket ticket)
    {
        lock (_lock)
        {
            return _tickets.TryGet(id, out var known) && known.Renewals > ticket.Renewals ? (known, []) : (ticket, Put(id, ticket));
        }
    }

    /// <summary>False if another one has replaced it, or it was removed.</summary>
    public bool TryReplace(string id, HeldTicket current, HeldTicket next)
    {
        lock (_lock)
        {
            if (!_tickets.TryGet(id, out var known) || known != current)
            {
                return false;
            }

            // A sign-in over another person's session in the same browser takes the ticket over.
            Put(id, next);
            return true;
        }
    }

    /// <summary>The first matching ticket of this person, or of everyone if null.</summary>
    public HeldTicket? Find(string? owner, Func<HeldTicket, bool> predicate) => _tickets.FirstOrDefault(owner, predicate);

    /// <summary>Removes the matching tickets of this person, or of everyone if null.</summary>
    public IReadOnlyList<KeyValuePair<string, HeldTicket>> RemoveWhere(string? owner, Func<string, HeldTicket, bool> predicate)
    {
        lock (_lock)
        {
            return _tickets.RemoveWhere(owner, predicate);
        }
    }

    private IReadOnlyList<string> Put(string id, HeldTicket held) => _tickets.Set(
        EndedSessions.OwnerOf(held.Ticket) ?? "", id, held, held.Ticket.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue,
        Overhead + (2L * TicketSerializer.Default.Serialize(held.Ticket).Length));
}
