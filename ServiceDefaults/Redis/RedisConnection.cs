using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// The connection to Redis. No caller waits longer than <see cref="RedisOptions.CommandTimeout"/>, and after a timeout no command is sent
/// until a background probe succeeds. The number of commands in flight is bounded, because a client library
/// queues without limit for a frozen Redis.
/// </summary>
internal sealed class RedisConnection(IOptions<RedisOptions> options) : IAsyncDisposable
{
    private const int MaxInFlight = 256;

    // A connection whose peer has vanished silently looks like a frozen Redis; only a new connection shows the difference.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    private readonly RedisClient _client = new(options.Value.Address, options.Value.Service);
    private readonly TimeSpan _timeout = options.Value.CommandTimeout;
    private readonly ConcurrentQueue<Receiver> _receivers = [];
    private readonly RedisKey _probeKey = $"{options.Value.OwnPrefix}probe";

    private volatile ConnectionMultiplexer? _multiplexer;
    private Task _probe = Task.CompletedTask;
    private long _probed;
    private int _subscribed;
    private int _underWay;
    private volatile bool _up;
    private volatile bool _lost;
    private volatile bool _closed;
    private volatile string? _refusal;

    /// <summary>The current fault in words, or null. Not the same as <see cref="IsUp"/>: a full Redis still responds.</summary>
    public string? Fault => _refusal is { } word ? $"refuses: {word}" : _up ? null : "does not answer";

    public bool IsUp => _up;

    /// <summary>Sends a command and waits briefly. Never throws.</summary>
    public async Task<RedisReply> AskAsync(string command, params object[] arguments)
    {
        if (!_up || _multiplexer is not { } multiplexer)
        {
            return RedisReply.None;
        }
        if (Interlocked.Increment(ref _underWay) > MaxInFlight)
        {
            Interlocked.Decrement(ref _underWay);
            return RedisReply.None;
        }

        var pending = SendAsync(multiplexer, command, arguments);
        try
        {
            return new RedisReply(await pending.WaitAsync(_timeout), null);
        }
        catch (RedisServerException refusal)
        {
            return new RedisReply(null, Refuse(refusal));
        }
        catch (Exception)
        {
            // Timeout, connection loss or any other error of the library: Redis is unavailable, and the request continues without it.
            _up = false;
            return RedisReply.None;
        }
    }

    /// <summary>Subscribes to a channel, on every connection from the next probe on. Call at startup.</summary>
    public void Subscribe(string channel, Action<byte[]?> receive) =>
        _receivers.Enqueue(new Receiver(new RedisChannel(channel, RedisChannel.PatternMode.Literal), (_, message) => receive(message)));

    /// <summary>Probes Redis, connecting if needed. Not
    /// concurrent with itself. True if it was unavailable and is back.</summary>
    public async Task<bool> ProbeAsync()
    {
        var was = _up;
        try
        {
            if (!_probe.IsCompleted)
            {
                await ReplaceStaleAsync();
                return false;
            }

            _probed = TimeProvider.System.GetTimestamp();
            _probe = SendProbeAsync();
            await _probe.WaitAsync(_timeout);
            _up = true;
        }
        catch (RedisServerException refusal)
        {
            Refuse(refusal);
            _up = false;
        }
        catch (Exception)
        {
            _up = false;
        }

        return _up && !was;
    }

    internal void Lost()
    {
        _lost = true;
        _up = false;
    }

    /// <summary>
    /// A restored connection must be probed before use: it may not have authenticated yet. The library reports the very first
    /// connection in the same way, and sometimes late, when that one has been probed already.
    /// </summary>
    internal void Restored()
    {
        if (_lost)
        {
            _up = false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return CloseAsync();
    }

    private async ValueTask CloseAsync()
    {
        _up = false;
        if (Interlocked.Exchange(ref _multiplexer, null) is not { } multiplexer)
        {
            return;
        }

        await multiplexer.CloseAsync(allowCommandsToComplete: false);
        multiplexer.Dispose();
    }

    /// <summary>A place among the commands in flight is released when the command has
    /// ended, not when its caller stopped waiting.</summary>
    private async Task<RedisResult> SendAsync(ConnectionMultiplexer multiplexer, string command, object[] arguments)
    {
        try
        {
            return await multiplexer.GetDatabase().ExecuteAsync(command, arguments);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task SendProbeAsync()
    {
        var multiplexer = _multiplexer ??= await ConnectAsync();
        var database = multiplexer.GetDatabase();
        await _client.ProbeAsync(database);
        foreach (var receiver in _receivers.Skip(_subscribed))
        {
            await multiplexer.GetSubscriber().SubscribeAsync(receiver.Channel, receiver.Receive);
            _subscribed++;
        }

        if (_refusal is not null)
        {
            await TryWriteAsync(database);
        }
    }

    /// <summary>A refusal ends when Redis accepts a write again. A full Redis still responds, so it is not unavailable.</summary>
    private async Task TryWriteAsync(IDatabase database)
    {
        try
        {
            await database.ExecuteAsync("SET", _probeKey, "", "PX", 1000);
            _refusal = null;
        }
        catch (RedisServerException refusal)
        {
            Refuse(refusal);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var multiplexer = await _client.ConnectAsync();
        if (_closed)
        {
            multiplexer.Dispose();
            throw new ObjectDisposedException(nameof(RedisConnection));
        }

        multiplexer.ConnectionFailed += (_, _) => Lost();
        multiplexer.ConnectionRestored += (_, _) => Restored();
        return multiplexer;
    }

    private async Task ReplaceStaleAsync()
    {
        _up = false;
        if (TimeProvider.System.GetElapsedTime(_probed) < Stale)
        {
            return;
        }

        await CloseAsync();
        _probe = Task.CompletedTask;
        _subscribed = 0;
    }

    private string Refuse(RedisServerException refusal)
    {
        var word = refusal.Message.Split(' ', 2)[0];
        var known = word.Length is > 0 and <= 16 && word.All(char.IsAsciiLetterUpper) ? word : "ERR";
        // Data of another type is foreign: the entry is invalid, not Redis.
        if (known != "WRONGTYPE")
        {
            _refusal = known;
        }
        return known;
    }

    private sealed record Receiver(RedisChannel Channel, Action<RedisChannel, RedisValue> Receive);
}
