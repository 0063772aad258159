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

    private readonly SharedState? _state;
    private readonly TimeProvider _time;
    private int _connection;

    public SharedTickets(TimeProvider time, SharedState? state = null)
    {
        _state = state;
        _time = time;
        state?.Connected += () => Interlocked.Increment(ref _connection);
        state?.Subscribe(Area, ReadRenewal);
    }

    /// <summary>Counts connections to Redis: after a new one, messages may have been missed.</summary>
    public int Connection => Volatile.Read(ref _connection);

    public bool IsConfigured => _state is not null;

    /// <summary>Raised when another replica has renewed a ticket, with its id and the number of renewals.</summary>
    public event Action<string, int>? Renewed;

    public async Task PublishRenewalAsync(string id, HeldTicket ticket)
    {
        if (_state is not null)
        {
            await _state.PublishAsync(Area, System.Text.Encoding.ASCII.GetBytes($"{id} {ticket.Renewals}"));
        }
    }

    public async Task<(bool IsAvailable, HeldTicket? Ticket)> ReadAsync(string id)
    {
        if (_state is null)
        {
            return default;
        }

        var found = await _state.GetAsync(Area, id);
        return (found.Answered,
            found.Content is { } content && TicketSerializer.Default.Deserialize(content) is { } ticket ? HeldTicket.Of(ticket) : null);
    }

    public async Task<bool> WriteAsync(string id, HeldTicket ticket) =>
        _state is not null
        && await _state.SetAsync(Area, id, TicketSerializer.Default.Serialize(ticket.Ticket),
            (ticket.Ticket.Properties.ExpiresUtc ?? _time.GetUtcNow()) - _time.GetUtcNow());

    public async Task RemoveAsync(string id)
    {
        if (_state is not null)
        {
            await _state.DeleteAsync(Area, id);
        }
    }

    public async Task<bool> ClaimAsync(string id) => _state is null || await _state.ClaimAsync(Renewals, id, ClaimLifetime) is not false;

    public async Task ReleaseAsync(string id)
    {
        if (_state is not null)
        {
            await _state.DeleteAsync(Renewals, id);
        }
    }

    private void ReadRenewal(byte[] message)
    {
        var parts = System.Text.Encoding.ASCII.GetString(message).Split(' ');
        if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var renewals))
        {
            Renewed?.Invoke(parts[0], renewals);
        }
    }
}
