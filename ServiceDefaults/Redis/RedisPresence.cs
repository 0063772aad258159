using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Probes Redis once a second, and says when it is away, once a minute, and when it is back.</summary>
internal sealed partial class RedisPresence(RedisConnection connection, TimeProvider time, ILogger<RedisPresence> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly OnceAMinute _warning = new(time);
    private Action _connected = () => { };
    private bool _warned;

    /// <summary>Calls back whenever Redis is there, the first time and again. The callback must be brief.</summary>
    public void OnConnected(Action callback) => _connected += callback;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A root of its own; and by the clock on the wall, like every patience with a network.
        Activity.Current = null;
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await LookAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync()
    {
        if (await connection.ProbeAsync()) { _connected(); }

        if (connection.Fault is { } fault)
        {
            if (!_warning.IsDue()) { return; }
            _warned = true;
            LogAway(fault);
        }
        else if (_warned)
        {
            _warned = false;
            LogBack();
        }
    }

    [LoggerMessage(EventName = "redis.away", Level = LogLevel.Warning,
        Message = "Redis {Fault}; this replica goes on with what it has in memory")]
    private partial void LogAway(string fault);

    [LoggerMessage(EventName = "redis.back", Level = LogLevel.Information, Message = "Redis is back")]
    private partial void LogBack();
}
