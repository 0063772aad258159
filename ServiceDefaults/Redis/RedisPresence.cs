using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Probes Redis once a second; logs once a minute while it is unavailable, and when it is back.</summary>
internal sealed partial class RedisPresence(RedisConnection connection, TimeProvider time, ILogger<RedisPresence> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly OnceAMinute _warning = new(time);
    private Action _connected = () => { };
    private bool _warned;

    /// <summary>Called whenever Redis becomes available, including the first time. The callback must be brief.</summary>
    public void OnConnected(Action callback) => _connected += callback;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A root span of its own; and by the system clock, like every network timeout.
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
        if (await connection.ProbeAsync())
        {
            _connected();
        }

        if (connection.Fault is { } fault)
        {
            if (!_warning.IsDue())
            {
                return;
            }
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
        Message = "Redis {Fault}; this replica continues with its state in memory")]
    private partial void LogAway(string fault);

    [LoggerMessage(EventName = "redis.back", Level = LogLevel.Information, Message = "Redis is back")]
    private partial void LogBack();
}
