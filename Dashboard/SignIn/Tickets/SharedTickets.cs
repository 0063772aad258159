using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>Tickets in Redis, encrypted, each until it expires. Without Redis, reads and writes act as during an outage.</summary>
internal sealed class SharedTickets
{
    private const string Area = "tickets";
    private const string Renewals = "renewals";

    // Longer than a renewal takes.
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(15);

    private readonly SharedState? _shared;
    private readonly TimeProvider _time;
    private int _connection;

    public SharedTickets(SharedState? shared, TimeProvider time)
    {
        _shared = shared;
        _time = time;
        shared?.OnConnected(() => Interlocked.Increment(ref _connection));
    }

    /// <summary>Counts connections to Redis: after a new one, messages may have been missed.</summary>
    public int Connection => Volatile.Read(ref _connection);

    public bool IsConfigured => _shared is not null;

    public void OnRenewed(Action<string, int> renewed) => _shared?.Subscribe(Area, message =>
    {
        var parts = System.Text.Encoding.ASCII.GetString(message).Split(' ');
        if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var renewals))
        {
            renewed(parts[0], renewals);
        }
    });

    public async Task PublishRenewalAsync(string id, HeldTicket ticket)
    {
        if (_shared is not null)
        {
            await _shared.PublishAsync(Area, System.Text.Encoding.ASCII.GetBytes($"{id} {ticket.Renewals}"));
        }
    }

    public async Task<(bool IsAvailable, HeldTicket? Ticket)> ReadAsync(string id)
    {
        if (_shared is null)
        {
            return default;
        }

        var found = await _shared.GetAsync(Area, id);
        return (found.Answered,
            found.Content is { } content && TicketSerializer.Default.Deserialize(content) is { } ticket ? HeldTicket.Of(ticket) : null);
    }

    public async Task<bool> WriteAsync(string id, HeldTicket ticket) =>
        _shared is not null
        && await _shared.SetAsync(Area, id, TicketSerializer.Default.Serialize(ticket.Ticket),
            (ticket.Ticket.Properties.ExpiresUtc ?? _time.GetUtcNow()) - _time.GetUtcNow());

    public async Task RemoveAsync(string id)
    {
        if (_shared is not null)
        {
            await _shared.DeleteAsync(Area, id);
        }
    }

    public async Task<bool> ClaimAsync(string id) => _shared is null || await _shared.ClaimAsync(Renewals, id, ClaimLifetime) is not false;

    public async Task ReleaseAsync(string id)
    {
        if (_shared is not null)
        {
            await _shared.DeleteAsync(Renewals, id);
        }
    }
}
