using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>The cable between one replica and its server, which a test can cut while others go on.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _cut;
    private volatile bool _hung;
    private volatile int _age;

    public Cable(string server)
    {
        _server = IPEndPoint.Parse(server);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public void Cut()
    {
        _cut = true;
        while (_sockets.TryTake(out var socket))
        {
            socket.Dispose();
        }
    }

    public void Mend()
    {
        _cut = false;
        _hung = false;
    }

    /// <summary>Existing connections stay open but transmit nothing more, as if the peer
    /// had vanished; after mending, only new connections work.</summary>
    public void Hang()
    {
        _hung = true;
        _age++;
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stopping.CancelAsync();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var near = await _listener.AcceptSocketAsync(_stopping.Token);
            if (_cut)
            {
                near.Dispose();
                continue;
            }

            var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(near);
            _sockets.Add(far);
            await far.ConnectAsync(_server, _stopping.Token);
            _ = CarryAsync(near, far, _age);
            _ = CarryAsync(far, near, _age);
        }
    }

    private async Task CarryAsync(Socket from, Socket to, int age)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                if (age == _age && !_hung)
                {
                    await to.SendAsync(buffer.AsMemory(0, count));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }

        from.Dispose();
        to.Dispose();
    }
}
