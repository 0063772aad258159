using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>
/// Tickets with their tokens stay in the server; the cookie holds only a key, which is kept nowhere: tickets are found by its hash. In
/// memory, bounded, the ticket that ends first makes room; and in Redis where there is one, for other replicas and after a restart. A
/// request looks there only for a ticket that it does not have in memory, or has, but of which it may have missed news.
/// </summary>
internal sealed class TicketStore : ITicketStore
{
    public const int MaxTickets = 10_000;
    private const string KeyItem = ".key";

    private readonly ConcurrentDictionary<string, HeldTicket> _tickets = new(StringComparer.Ordinal);
    private readonly SharedTickets _shared;
    private readonly EndedSessions _ended;
    private readonly TimeProvider _time;
    private Action<AuthenticationTicket> _onEnded = _ => { };

    public TicketStore(SharedTickets shared, EndedSessions ended, TimeProvider time)
    {
        (_shared, _ended, _time) = (shared, ended, time);
        ended.OnChanged(() => Drop(entry => ended.Contains(entry.Key, entry.Value.Ticket)).ForEach(ticket => _onEnded(ticket)));
        shared.OnRenewed(Doubt);
    }

    public int Count => _tickets.Count;

    /// <summary>Calls back with each ticket that was in memory here when it ended before its time, at whichever replica.</summary>
    public void OnEnded(Action<AuthenticationTicket> callback) => _onEnded += callback;

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var held = HeldTicket.New(Without(ticket), _shared.Connection);
        Hold(IdOf(key), held);
        await _shared.WriteAsync(IdOf(key), held);
        return key;
    }

    /// <summary>Replaces a ticket that is still there: one that was removed by a sign-out meanwhile does not come back.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var id = IdOf(key);
        if (!_tickets.TryGetValue(id, out var current))
            return;
        var renewed = current.Renewed(Without(ticket));
        if (_tickets.TryUpdate(id, renewed, current) && await _shared.WriteAsync(id, renewed))
            await _shared.TellRenewedAsync(id, renewed);
    }

    // A clone, because two requests of one person must not write to the same properties.
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var id = IdOf(key);
        var held = _tickets.GetValueOrDefault(id);
        return With(key, held?.Connection == _shared.Connection ? held : await CompareAsync(id, held));
    }

    /// <summary>As it is at whichever replica renewed it last, as far as Redis can say.</summary>
    public async Task<AuthenticationTicket?> RetrieveLatestAsync(string key)
    {
        var id = IdOf(key);
        return With(key, await CompareAsync(id, _tickets.GetValueOrDefault(id)));
    }

    /// <summary>The right to renew a ticket: no other replica tries meanwhile. Without Redis nobody can be asked, so it is given.</summary>
    public Task<bool> ClaimRenewalAsync(string key) => _shared.ClaimAsync(IdOf(key));

    public Task ReleaseRenewalAsync(string key) => _shared.ReleaseAsync(IdOf(key));

    public async Task RemoveAsync(string key)
    {
        var id = IdOf(key);
        await _ended.EndAsync(EndedSessions.Ticket(id));
        await _shared.RemoveAsync(id);
    }

    /// <summary>Ends every ticket of the provider's session, or of the person where no session is named. Tells how many were in memory here.</summary>
    public async Task<int> RemoveSessionAsync(string? sessionId, string? subject)
    {
        if ((sessionId is not null ? EndedSessions.Session(sessionId) : subject is not null ? EndedSessions.Person(subject) : null) is not { } name)
            return 0;
        var before = Count;
        await _ended.EndAsync(name);
        return before - Count;
    }

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
            return null;
        var ticket = held.Ticket.Clone();
        ticket.Properties.Items[KeyItem] = key;
        return ticket;
    }

    /// <summary>The later of what is here and what is in Redis, which is then in both places.</summary>
    private async Task<HeldTicket?> CompareAsync(string id, HeldTicket? here)
    {
        var connection = _shared.Connection;
        if (!await _ended.IsKnownAsync() || await _shared.ReadAsync(id) is not { Answered: true } found)
            return here;
        var latest = here is null || found.Ticket?.Renewals > here.Renewals ? found.Ticket : here;
        if (latest is null || IsOver(latest) || _ended.Contains(id, latest.Ticket))
            return null;
        if (found.Ticket is null || found.Ticket.Renewals < latest.Renewals)
            await _shared.WriteAsync(id, latest);
        return Hold(id, latest with { Connection = connection });
    }

    /// <summary>Never an older one over a newer one.</summary>
    private HeldTicket Hold(string id, HeldTicket ticket)
    {
        if (_tickets.Count >= MaxTickets && !_tickets.ContainsKey(id))
            MakeRoom();
        return _tickets.AddOrUpdate(id, ticket, (_, held) => held.Renewals > ticket.Renewals ? held : ticket);
    }

    private void Doubt(string id, int renewals)
    {
        if (_tickets.TryGetValue(id, out var held) && held.Renewals < renewals)
            _tickets.TryUpdate(id, held with { Connection = HeldTicket.Doubtful }, held);
    }

    private bool IsOver(HeldTicket held) => held.Ticket.Properties.ExpiresUtc <= _time.GetUtcNow();

    private List<AuthenticationTicket> Drop(Func<KeyValuePair<string, HeldTicket>, bool> isOver)
    {
        List<AuthenticationTicket> dropped = [];
        foreach (var entry in _tickets.Where(isOver).ToArray())
        {
            if (_tickets.TryRemove(entry.Key, out var held))
                dropped.Add(held.Ticket);
        }

        return dropped;
    }

    private void MakeRoom()
    {
        Drop(entry => IsOver(entry.Value));
        if (_tickets.Count >= MaxTickets)
            _tickets.TryRemove(_tickets.MinBy(entry => entry.Value.Ticket.Properties.ExpiresUtc).Key, out _);
    }
}
