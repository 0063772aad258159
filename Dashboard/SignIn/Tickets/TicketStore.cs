using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Tickets with their tokens stay on the server; the cookie contains only a key, which is not stored: tickets are found by its hash. In
/// memory, bounded; and in Redis if configured, for other replicas and after a restart. A request reads Redis only for a ticket that
/// is not in memory, or for which it may have missed messages.
/// </summary>
internal sealed class TicketStore : ITicketStore
{
    public static readonly TimeSpan MaxSessionLifetime = TimeSpan.FromHours(8);

    private const string KeyItem = ".key";

    private readonly HeldTickets _tickets;
    private readonly SharedTickets _shared;
    private readonly EndedSessions _ended;
    private readonly TimeProvider _time;

    public TicketStore(SharedTickets shared, EndedSessions ended, TimeProvider time)
    {
        _shared = shared;
        _ended = ended;
        _time = time;
        _tickets = new HeldTickets(time);
        ended.Changed += Drop;
        shared.Renewed += MarkUncertain;
    }

    public int Count => _tickets.Count;

    /// <summary>
    /// Raised for each ticket in memory here when it, its session or its person was ended, at any replica; not with
    /// tickets that only a cutoff ended.
    /// </summary>
    public event Action<AuthenticationTicket>? Ended;

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var held = HeldTicket.New(Without(ticket), _shared.Connection);
        // Evicted tickets were not signed out, and others of the same session may be in use,
        // at other replicas too: the session continues, and no peer is notified.
        foreach (var evicted in _tickets.Hold(IdOf(key), held).Evicted)
        {
            await _shared.RemoveAsync(evicted);
        }
        await _shared.WriteAsync(IdOf(key), held);
        return key;
    }

    /// <summary>Replaces an existing ticket: one that a sign-out has removed meanwhile is not restored.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var id = IdOf(key);
        if (!_tickets.TryGet(id, out var current))
        {
            return;
        }

        var renewed = current.Renewed(Without(ticket));
        if (_tickets.TryReplace(id, current, renewed) && await _shared.WriteAsync(id, renewed))
        {
            await _shared.PublishRenewalAsync(id, renewed);
        }
    }

    // A clone, because two requests of one person must not write to the same properties.
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var id = IdOf(key);
        _tickets.TryGet(id, out var held);
        return With(key, held?.Connection == _shared.Connection ? held : await CompareAsync(id, held));
    }

    /// <summary>The latest version, renewed at any replica, as far as Redis is available.</summary>
    public async Task<AuthenticationTicket?> RetrieveLatestAsync(string key)
    {
        var id = IdOf(key);
        _tickets.TryGet(id, out var held);
        return With(key, await CompareAsync(id, held));
    }

    /// <summary>The right to renew a ticket, exclusive among replicas. Granted if Redis is unavailable.</summary>
    public Task<bool> ClaimRenewalAsync(string key) => _shared.ClaimAsync(IdOf(key));

    public Task ReleaseRenewalAsync(string key) => _shared.ReleaseAsync(IdOf(key));

    /// <summary>
    /// Ends the ticket's whole session: the gateway is notified and refuses all of its tokens, so its other tickets would be useless.
    /// </summary>
    public async Task RemoveAsync(string key)
    {
        var id = IdOf(key);
        var isAvailable = true;
        if (!_tickets.TryGet(id, out var held))
        {
            (isAvailable, held) = await _shared.ReadAsync(id);
        }
        if (held is null)
        {
            // If Redis is unavailable, the ticket may exist there.
            if (!isAvailable && _shared.IsConfigured)
            {
                await _ended.EndAsync(EndedSessions.Ticket(id), owner: null);
            }
        }
        // A session that has already ended, for example by the provider's own call, gets no second entry.
        else if (!_ended.IsEndedExplicitly(id, held.Ticket))
        {
            await _ended.EndAsync(EndedSessions.NameOf(id, held.Ticket), EndedSessions.OwnerOf(held.Ticket));
        }

        await _shared.RemoveAsync(id);
    }

    /// <summary>Whether the session was ended here although the provider continues it.</summary>
    public async Task<bool> IsEndedAsync(string sessionId)
    {
        await _ended.IsKnownAsync();
        return _ended.ContainsSession(sessionId);
    }

    /// <summary>Ends every ticket of the provider's session, or of the person if no
    /// session is named. Returns how many were in memory here.</summary>
    public async Task<int> RemoveSessionAsync(string? sessionId, string? subject)
    {
        var (name, owner) = (sessionId is null ? null : EndedSessions.Session(sessionId), Revocation.OwnerOf(subject));
        if (name is null && owner is null)
        {
            return 0;
        }

        var before = Count;
        await _ended.EndAsync(name, owner);
        return before - Count;
    }

    /// <summary>The session's person, according to a ticket here; null if there is none.</summary>
    public ClaimsPrincipal? PersonOf(string? sessionId, string? subject) =>
        _tickets.Find(Revocation.OwnerOf(subject),
            held => sessionId is null || held.Ticket.Principal.FindFirstValue("sid") == sessionId)?.Ticket.Principal;

    public static string? KeyOf(AuthenticationProperties properties) => properties.Items.TryGetValue(KeyItem, out var key) ? key : null;

    private static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static AuthenticationTicket Without(AuthenticationTicket ticket)
    {
        var clone = ticket.Clone();
        clone.Properties.Items.Remove(KeyItem);
        return clone;
    }

    private AuthenticationTicket? With(string key, HeldTicket? held)
    {
        if (held is null || IsOver(held) || _ended.Contains(IdOf(key), held.Ticket))
        {
            return null;
        }

        var ticket = held.Ticket.Clone();
        ticket.Properties.Items[KeyItem] = key;
        return ticket;
    }

    /// <summary>The later version of memory and Redis, which is then in both.</summary>
    private async Task<HeldTicket?> CompareAsync(string id, HeldTicket? here)
    {
        var connection = _shared.Connection;
        if (!await _ended.IsKnownAsync() || await _shared.ReadAsync(id) is not { IsAvailable: true } found)
        {
            return here;
        }

        var latest = here is null || found.Ticket?.Renewals > here.Renewals ? found.Ticket : here;
        if (latest is null || IsOver(latest) || _ended.Contains(id, latest.Ticket))
        {
            return null;
        }

        if (found.Ticket is null || found.Ticket.Renewals < latest.Renewals)
        {
            await _shared.WriteAsync(id, latest);
        }

        return _tickets.Hold(id, latest with { Connection = connection }).Held;
    }

    private void MarkUncertain(string id, int renewals)
    {
        if (_tickets.TryGet(id, out var held) && held.Renewals < renewals)
        {
            _tickets.TryReplace(id, held, held with { Connection = HeldTicket.Uncertain });
        }
    }

    private bool IsOver(HeldTicket held) => held.Ticket.Properties.ExpiresUtc <= _time.GetUtcNow();

    private void Drop(string? owner)
    {
        foreach (var (id, held) in _tickets.RemoveWhere(owner, (id, held) => _ended.Contains(id, held.Ticket)))
        {
            if (_ended.IsEndedExplicitly(id, held.Ticket))
            {
                Ended?.Invoke(held.Ticket);
            }
        }
    }
}
