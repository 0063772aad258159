using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>
/// Speaks Redis' protocol (RESP2) by itself, one connection per command, so that no client library stands between a test and the server.
/// Bytes are told one to one as Latin-1 characters; an error begins with a minus.
/// </summary>
internal sealed class RedisTalk(int port, string user, string password)
{
    public async Task<object?> AskAsync(params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await using var stream = new BufferedStream(client.GetStream());
        Assert.Equal("OK", await SendAsync(stream, ["AUTH", user, password]));
        return await SendAsync(stream, words);
    }

    public async Task<string> TextAsync(params string[] words) => (string)(await AskAsync(words))!;

    public async Task<IReadOnlyList<string>> ListAsync(params string[] words) =>
        [.. ((object?[])(await AskAsync(words))!).Select(item => (string)item!)];

    /// <summary>Every key, and every value of whatever type.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DumpAsync()
    {
        Dictionary<string, string> all = [];
        foreach (var key in await ListAsync("KEYS", "*"))
        {
            all[key] = await TextAsync("TYPE", key) switch
            {
                "string" => await AskAsync("GET", key) as string ?? "",
                "zset" => string.Join('\n', await ListAsync("ZRANGE", key, "0", "-1", "WITHSCORES")),
                "list" => string.Join('\n', await ListAsync("LRANGE", key, "0", "-1")),
                var type => throw new InvalidOperationException($"{key} is a {type}."),
            };
        }

        return all;
    }

    private static async Task<object?> SendAsync(Stream stream, string[] words)
    {
        var text = new StringBuilder(FormattableString.Invariant($"*{words.Length}\r\n"));
        foreach (var word in words)
        {
            text.Append(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n");
        }
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        return await ReadAsync(stream);
    }

    private static async Task<object?> ReadAsync(Stream stream)
    {
        var line = await LineAsync(stream);
        switch (line[0])
        {
            case '$' when line == "$-1":
                return null;
            case '$':
                var bytes = new byte[int.Parse(line[1..], CultureInfo.InvariantCulture) + 2];
                await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
                return Encoding.Latin1.GetString(bytes, 0, bytes.Length - 2);
            case '*':
                var items = new object?[int.Parse(line[1..], CultureInfo.InvariantCulture)];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = await ReadAsync(stream);
                }
                return items;
            case '-':
                return line;
            default:
                return line[1..];
        }
    }

    private static async Task<string> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            line.Append((char)one[0]);
        }

        return line.ToString(0, line.Length - 2);
    }
}
