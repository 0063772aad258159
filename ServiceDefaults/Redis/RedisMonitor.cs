using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Probes Redis once a second; logs once a minute while it is unavailable, and when it is back.</summary>
internal sealed partial class RedisMonitor(RedisConnection connection, TimeProvider time, ILogger<RedisMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly OnceAMinute _warning = new(time);
    private bool _warned;

    /// <summary>Redis has become available, including the first time. A handler must be brief.</summary>
    public event Action? Connected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A root span of its own; and by the system clock, like every network timeout.
        Activity.Current = null;
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await PollAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PollAsync()
    {
        if (await connection.ProbeAsync())
        {
            Connected?.Invoke();
        }

        if (connection.Fault is { } fault)
        {
            if (!_warning.IsDue())
            {
                return;
            }
            _warned = true;
            LogUnavailable(fault);
        }
        else if (_warned)
        {
            _warned = false;
            LogAvailable();
        }
    }

    [LoggerMessage(EventName = "redis.unavailable", Level = LogLevel.Warning,
        Message = "Redis {Fault}; this replica continues with its state in memory")]
    private partial void LogUnavailable(string fault);

    [LoggerMessage(EventName = "redis.available", Level = LogLevel.Information, Message = "Redis is available again")]
    private partial void LogAvailable();
}
