using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Tickets, sessions and people's sign-ins that have ended, at any replica. The set only grows, until the last affected ticket
/// has expired: the order of a sign-out, a renewal and a read from Redis does not matter.
/// </summary>
internal sealed class EndedSessions(TimeProvider time, ILogger<EndedSessions> logger, SharedState? state = null)
    : ReplicatedState(state, Area, time, Interval)
{
    private const string Area = "ended";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Lifetime = TicketStore.MaxSessionLifetime + TokenLifetime.ClockSkew;

    private readonly RevocationList _list = new(Lifetime, time, logger);
    private volatile bool _read;

    /// <summary>Not null after the list has overflowed: then every ticket issued until this time is refused.</summary>
    public DateTimeOffset? Cutoff => _list.Cutoff;

    /// <summary>Raised when there may be new entries, with their person; null if it may be anyone's.</summary>
    public event Action<string?>? Changed;

    public static string Ticket(string id) => $"ticket:{id}";

    public static string Session(string sid) => Revocation.SessionName(sid);

    public static string? OwnerOf(AuthenticationTicket ticket) => Revocation.OwnerOf(Claim(ticket, "sub"));

    /// <summary>The name that ends a ticket: its session's, or its own if it has no session.</summary>
    public static string NameOf(string id, AuthenticationTicket ticket) => Claim(ticket, "sid") is { } sid ? Session(sid) : Ticket(id);

    /// <summary>Whether the other replicas' entries are known since the connection
    /// began, so that a ticket from Redis may be trusted.</summary>
    public async Task<bool> IsKnownAsync() => _read || await SynchronizeAsync();

    public bool Contains(string id, AuthenticationTicket ticket) =>
        IsEndedExplicitly(id, ticket) || IsIssuedUntil(_list.Cutoff, ticket);

    /// <summary>Whether this ticket, its session or its person was ended individually, not only by the cutoff.</summary>
    public bool IsEndedExplicitly(string id, AuthenticationTicket ticket) =>
        _list.Contains(Ticket(id))
        || (Claim(ticket, "sid") is { } sid && ContainsSession(sid))
        // A person who was signed out everywhere may sign in again.
        || IsIssuedUntil(_list.CutoffOf(OwnerOf(ticket)), ticket);

    public bool ContainsSession(string sid) => _list.Contains(Session(sid));

    /// <summary>Applies here immediately; at the others immediately if Redis is available, otherwise when it is back.</summary>
    /// <param name="name">The name that has ended; null for everything of the owner.</param>
    /// <param name="owner">The person.</param>
    public async Task EndAsync(string? name, string? owner)
    {
        var before = _list.CutoffOf(owner);
        var ended = _list.Add(new Revocation(name, owner, Time.GetUtcNow()));
        Changed?.Invoke(owner);
        // For a person who signs out repeatedly, one cutoff a minute is written
        // by the periodic synchronization, which leaves room for others in the set.
        if (ended.Name is null && ended.At - before < Interval)
        {
            await PublishAsync(ended.ToBytes());
        }
        else if (await AddAsync(ended))
        {
            await PublishAsync(ended.ToBytes());
        }
        else
        {
            RequestSynchronization();
        }
    }

    protected override void Connected()
    {
        _read = false;
        base.Connected();
    }

    protected override void Receive(byte[] message)
    {
        if (Revocation.Read(message) is not { } ended)
        {
            return;
        }

        _list.Add(ended);
        Changed?.Invoke(ended.Owner);
    }

    protected override async Task<bool> SynchronizeAsync(SharedState state)
    {
        if (await state.ReadAllAsync(Area) is not { } found)
        {
            return false;
        }

        var there = found.Select(Revocation.Read).OfType<Revocation>().ToList();
        there.ForEach(ended => _list.Add(ended));
        _read = true;
        Changed?.Invoke(null);
        var known = there.GroupBy(ended => (ended.Name, ended.Owner))
            .ToDictionary(group => group.Key, group => group.Max(ended => ended.At));
        foreach (var ended in _list.Entries()
            .Where(entry => !known.TryGetValue((entry.Name, entry.Owner), out var published) || published < entry.At))
        {
            if (!await AddAsync(ended))
            {
                return false;
            }

            await PublishAsync(ended.ToBytes());
        }

        return true;
    }

    private async Task<bool> AddAsync(Revocation ended) =>
        Shared is null || ended.At + Lifetime <= Time.GetUtcNow()
        || (await Shared.AddAsync(Area, ended.ToBytes(), ended.At + Lifetime - Time.GetUtcNow())
            && await Shared.CondenseAsync(Area, until => new Revocation(null, null, until - Lifetime).ToBytes(), Lifetime));

    private static bool IsIssuedUntil(DateTimeOffset? moment, AuthenticationTicket ticket) =>
        moment is { } at && !(ticket.Properties.IssuedUtc > at + TokenLifetime.ClockSkew);

    private static string? Claim(AuthenticationTicket ticket, string type) => ticket.Principal.FindFirstValue(type);
}
