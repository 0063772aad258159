using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TraceDemo.Standalone.Redis;

/// <summary>
/// A connection to Redis for the few commands that Standalone sends. A command is an array of bulk strings (RESP 2); each
/// of these commands is answered by one line.
/// </summary>
internal sealed class RespConnection : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly TcpClient _tcp;
    private readonly StreamReader _replies;

    private RespConnection(TcpClient tcp)
    {
        _tcp = tcp;
        _replies = new StreamReader(tcp.GetStream(), Encoding.ASCII);
    }

    /// <exception cref="IOException">Nothing listens there, or not in time.</exception>
    public static Task<RespConnection> OpenAsync(string address, CancellationToken cancellationToken) => WithinAsync(
        async token =>
        {
            var colon = address.LastIndexOf(':');
            var tcp = new TcpClient();
            try
            {
                var port = int.Parse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
                await tcp.ConnectAsync(address[..colon].Trim('[', ']'), port, token);
                return new RespConnection(tcp);
            }
            catch
            {
                tcp.Dispose();
                throw;
            }
        },
        cancellationToken);

    /// <summary>The reply line with its first character, which is its type: <c>+OK</c>, <c>:1</c>, <c>-ERR …</c>.</summary>
    /// <exception cref="IOException">No reply, or not in time.</exception>
    public Task<string> SendAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) => WithinAsync(
        async token =>
        {
            var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Count}\r\n");
            foreach (var word in words)
            {
                command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
            }

            await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), token);
            return await _replies.ReadLineAsync(token) ?? throw new IOException("The connection was closed.");
        },
        cancellationToken);

    public void Dispose()
    {
        _replies.Dispose();
        _tcp.Dispose();
    }

    private static async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            return await work(timeout.Token);
        }
        catch (SocketException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("No answer in time.", late);
        }
    }
}
