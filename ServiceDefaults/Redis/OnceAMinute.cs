namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Lets one event per minute pass: a log line per request could fill the disk.</summary>
internal sealed class OnceAMinute(TimeProvider time)
{
    private long _next = long.MinValue;

    public bool IsDue()
    {
        var (now, next) = (time.GetUtcNow().UtcTicks, Volatile.Read(ref _next));
        return now >= next && Interlocked.CompareExchange(ref _next, now + TimeSpan.TicksPerMinute, next) == next;
    }
}
