using System.Net.Sockets;
using System.Text;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>A connection to the receiver that says what a client would not, and as slowly as a test likes.</summary>
internal sealed class RawSender : IDisposable
{
    private readonly TcpClient _tcp = new();

    private RawSender()
    {
    }

    public static async Task<RawSender> ConnectAsync(ReceiverHost receiver)
    {
        var sender = new RawSender();
        await sender._tcp.ConnectAsync(
            receiver.Http.BaseAddress!.Host, receiver.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        return sender;
    }

    public static async Task<RawSender> ConnectAsync(ReceiverHost receiver, string text)
    {
        var sender = await ConnectAsync(receiver);
        await sender.SendAsync(Encoding.ASCII.GetBytes(text));
        return sender;
    }

    /// <summary>The head of a request whose body is still to come.</summary>
    public static string Head(int length, string? key, string? encoding = null) =>
        $"POST /v1/traces HTTP/1.1\r\nHost: receiver\r\nContent-Type: application/x-protobuf\r\nContent-Length: {length}\r\n"
        + (key is null ? "" : $"x-otlp-api-key: {key}\r\n") + (encoding is null ? "" : $"Content-Encoding: {encoding}\r\n") + "\r\n";

    /// <summary>False when the receiver has closed the connection.</summary>
    public async Task<bool> SendAsync(byte[] bytes)
    {
        try
        {
            await _tcp.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The first line of the next answer; empty when the connection ends without one.</summary>
    public async Task<string> AnswerAsync()
    {
        var buffer = new byte[4096];
        try
        {
            var read = await _tcp.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            return Encoding.ASCII.GetString(buffer, 0, read).Split('\r')[0];
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose() => _tcp.Dispose();
}
