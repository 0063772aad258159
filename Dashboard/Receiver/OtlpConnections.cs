using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// The receiver's open connections: those with a valid key by sender, others by address. If there are too many of one kind, the
/// one that has been idle longest is closed, and a new one is never rejected: idle connections cannot block a sender that sends its key
/// in its first request.
/// </summary>
internal sealed class OtlpConnections(IOptions<OtlpOptions> options)
{
    private readonly OtlpOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<OtlpConnection>> _senders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedList<OtlpConnection>> _unidentified = new(StringComparer.Ordinal);
    private int _unidentifiedCount;

    public int Unidentified
    {
        get
        {
            lock (_lock)
            {
                return _unidentifiedCount;
            }
        }
    }

    /// <summary>Runs each connection of the listener.</summary>
    public async Task RunAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = new OtlpConnection(context, AddressOf(context.RemoteEndPoint));
        context.Features.Set(connection);
        Open(connection);
        try
        {
            await next(context);
        }
        finally
        {
            Close(connection);
        }
    }

    /// <summary>The connection has received a request of this sender.</summary>
    public void Identify(OtlpConnection connection, Sender sender)
    {
        OtlpConnection? surplus;
        lock (_lock)
        {
            if (!Leave(connection))
            {
                return;
            }
            connection.Sender = sender.Service ?? "";
            surplus = Join(_senders, connection.Sender, connection, _options.MaxConnectionsPerSender);
        }

        surplus?.Context.Abort();
    }

    /// <summary>The network that counts as one sender; empty for a connection without an address.</summary>
    internal static string AddressOf(EndPoint? endPoint) => ClientNetwork.Of((endPoint as IPEndPoint)?.Address)?.ToString() ?? "";

    private void Open(OtlpConnection connection)
    {
        OtlpConnection? surplus;
        lock (_lock)
        {
            _unidentifiedCount++;
            surplus = Join(_unidentified, connection.Address, connection, _options.MaxConnectionsPerAddress);
            if (surplus is null && _unidentifiedCount > _options.MaxUnidentified)
            {
                surplus = _unidentified.Values.MaxBy(connections => connections.Count)?.First?.Value;
                if (surplus is not null)
                {
                    Leave(surplus);
                }
            }
        }

        surplus?.Context.Abort();
    }

    private void Close(OtlpConnection connection)
    {
        lock (_lock)
        {
            Leave(connection);
        }
    }

    /// <summary>Adds it last, and removes the first if there are more than allowed.</summary>
    private OtlpConnection? Join(Dictionary<string, LinkedList<OtlpConnection>> groups, string name, OtlpConnection connection, int max)
    {
        if (!groups.TryGetValue(name, out var group))
        {
            groups[name] = group = new LinkedList<OtlpConnection>();
        }
        group.AddLast(connection.Place);
        if (group.Count <= max || group.First is not { Value: var first })
        {
            return null;
        }

        Leave(first);
        return first;
    }

    /// <summary>False if it was removed before.</summary>
    private bool Leave(OtlpConnection connection)
    {
        if (connection.Place.List is not { } group)
        {
            return false;
        }
        group.Remove(connection.Place);
        var (groups, name) = connection.Sender is { } sender ? (_senders, sender) : (_unidentified, connection.Address);
        if (group.Count == 0)
        {
            groups.Remove(name);
        }
        if (connection.Sender is null)
        {
            _unidentifiedCount--;
        }
        return true;
    }
}
