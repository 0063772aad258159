using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Tickets with their tokens stay here; the cookie holds only a key. In memory, bounded: the ticket that ends first makes room.</summary>
internal sealed class TicketStore(TimeProvider time) : ITicketStore
{
    public const int MaxTickets = 10_000;
    private const string KeyItem = ".key";

    private readonly ConcurrentDictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);

    public int Count => _tickets.Count;

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        if (_tickets.Count >= MaxTickets) { MakeRoom(); }
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        ticket.Properties.Items[KeyItem] = key;
        _tickets[key] = ticket.Clone();
        return Task.FromResult(key);
    }

    /// <summary>Replaces a ticket that is still there: one that was removed by a sign-out meanwhile does not come back.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (_tickets.TryGetValue(key, out var current)) { _tickets.TryUpdate(key, ticket.Clone(), current); }
        return Task.CompletedTask;
    }

    // A clone, because two requests of one person must not write to the same properties.
    public Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        Task.FromResult(_tickets.TryGetValue(key, out var ticket) && !IsOver(ticket) ? ticket.Clone() : null);

    public Task RemoveAsync(string key)
    {
        _tickets.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>Ends every ticket of the provider's session, or of the person where no session is named.</summary>
    public int RemoveSession(string? sessionId, string? subject)
    {
        var ended = _tickets.Where(entry => sessionId is not null ? Has(entry.Value, "sid", sessionId) : Has(entry.Value, "sub", subject)).ToArray();
        return ended.Count(entry => _tickets.TryRemove(entry.Key, out _));
    }

    public static string? KeyOf(AuthenticationProperties properties) => properties.Items.TryGetValue(KeyItem, out var key) ? key : null;

    private static bool Has(AuthenticationTicket ticket, string claim, string? value) => value is not null && ticket.Principal.HasClaim(claim, value);

    private bool IsOver(AuthenticationTicket ticket) => ticket.Properties.ExpiresUtc <= time.GetUtcNow();

    private void MakeRoom()
    {
        foreach (var entry in _tickets.Where(entry => IsOver(entry.Value)).ToArray()) { _tickets.TryRemove(entry.Key, out _); }
        if (_tickets.Count < MaxTickets) { return; }
        _tickets.TryRemove(_tickets.MinBy(entry => entry.Value.Properties.ExpiresUtc).Key, out _);
    }
}
