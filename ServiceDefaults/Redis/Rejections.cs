using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Counts and logs Redis data that this service did not write; the data is ignored.</summary>
internal sealed partial class Rejections(TimeProvider time, ILogger<Rejections> logger)
{
    private readonly OnceAMinute _warning = new(time);

    public void Count(string area)
    {
        Instrumentation.RecordRedisRejected(area);
        if (_warning.IsDue())
        {
            LogRejected(area);
        }
    }

    [LoggerMessage(EventName = "redis.rejected", Level = LogLevel.Warning,
        Message = "Ignored data in Redis, area {Area}: this service did not write it, or it was changed, moved or restored. "
            + "Check who else can write there")]
    private partial void LogRejected(string area);
}
