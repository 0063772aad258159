using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Instance;

/// <summary>Ports that nothing listens on.</summary>
internal static class FreePorts
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A base whose ports are all currently free, for a system beside a running one.</summary>
    public static Ports Next() => Ports.From(Range(Ports.Count));

    /// <summary>One port that is currently free.</summary>
    public static int NextPort() => Range(1);

    /// <summary>
    /// Below the range of outgoing connections, one of which could take a port before its server does; and never the same twice in one
    /// process, where other code may have chosen it and not listen yet.
    /// </summary>
    private static int Range(int count)
    {
        while (true)
        {
            var range = Enumerable.Range(RandomNumberGenerator.GetInt32(20000, 32000 - count), count).ToList();
            if (range.TrueForAll(IsFree) && range.TrueForAll(port => Given.TryAdd(port, true)))
            {
                return range[0];
            }
        }
    }

    /// <summary>Tries both loopback addresses: a server on "localhost" binds to both but accepts a single one.</summary>
    public static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
