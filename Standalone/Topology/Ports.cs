using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TraceDemo.Standalone.Topology;

/// <summary>The ports of one running system.</summary>
internal sealed record Ports
{
    public required int Dashboard { get; init; }
    public required int Gateway { get; init; }
    public required int UserService { get; init; }
    public required int AgentService { get; init; }
    public required int DocumentService { get; init; }
    public required int Identity { get; init; }
    public required int IdentityManagement { get; init; }
    public required int Otlp { get; init; }

    public const int Count = 8;
    public const int LowestBase = 1024;
    public const int HighestBase = 65536 - Count;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static readonly Ports Default = new()
    {
        Dashboard = 5000,
        Gateway = 5100,
        UserService = 5101,
        AgentService = 5102,
        DocumentService = 5103,
        Identity = 8080,
        IdentityManagement = 9000,
        Otlp = 4318,
    };

    public static Ports From(int first) => new()
    {
        Dashboard = first,
        Gateway = first + 1,
        UserService = first + 2,
        AgentService = first + 3,
        DocumentService = first + 4,
        Identity = first + 5,
        IdentityManagement = first + 6,
        Otlp = first + 7,
    };

    /// <summary>Every port with what listens there, in the order of <see cref="From"/>.</summary>
    public IReadOnlyList<(string Name, int Port)> All =>
    [
        ("dashboard", Dashboard), ("gateway", Gateway), ("user-service", UserService), ("agent-service", AgentService),
        ("document-service", DocumentService), ("identity", Identity), ("identity management", IdentityManagement), ("otlp", Otlp),
    ];

    /// <summary>A base whose ports are all free at the moment, for a system beside the one that is up.</summary>
    public static Ports Free() => From(FreeRange(Count));

    /// <summary>One port that is free at the moment.</summary>
    public static int FreePort() => FreeRange(1);

    /// <summary>
    /// Below those that systems give to outgoing connections, one of which could take a port before its server does; and none twice in one
    /// process, where somebody else may have it and not listen yet.
    /// </summary>
    private static int FreeRange(int count)
    {
        while (true)
        {
            var range = Enumerable.Range(RandomNumberGenerator.GetInt32(20000, 32000 - count), count).ToList();
            if (range.TrueForAll(IsFree) && range.TrueForAll(port => Given.TryAdd(port, true)))
                return range[0];
        }
    }

    /// <summary>Both loopbacks are tried: a server told to listen on "localhost" takes both and is content with one.</summary>
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
