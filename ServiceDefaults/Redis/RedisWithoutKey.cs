using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Redis;

internal sealed partial class RedisWithoutKey(ILogger<RedisWithoutKey> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogWithoutKey();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventName = "redis.without_key", Level = LogLevel.Warning,
        Message = "ConnectionStrings__redis is set and Redis__Key is not: Redis is not used")]
    private partial void LogWithoutKey();
}
