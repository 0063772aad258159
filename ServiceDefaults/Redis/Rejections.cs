using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Counts what was found in Redis and is not this service's own work. It is ignored; somebody should know.</summary>
internal sealed partial class Rejections(TimeProvider time, ILogger<Rejections> logger)
{
    private readonly OnceAMinute _warning = new(time);

    public void Count(string area)
    {
        Instrumentation.RecordRedisRejected(area);
        if (_warning.IsDue()) { LogRejected(area); }
    }

    [LoggerMessage(EventName = "redis.rejected", Level = LogLevel.Warning,
        Message = "Something under the name of {Area} in Redis is not this service's own, or was changed, moved or put back; it is "
            + "ignored. Who else can write there?")]
    private partial void LogRejected(string area);
}
