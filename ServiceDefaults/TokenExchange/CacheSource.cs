using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The source of an exchange's result.</summary>
/// <param name="Name">The value in telemetry.</param>
/// <param name="Activity">For a shared call: the span that made it.</param>
internal sealed record CacheSource(string Name, ActivityContext Activity = default)
{
    public static readonly CacheSource Miss = new("miss");
    public static readonly CacheSource Hit = new("hit");
    public static readonly CacheSource Redis = new("redis");

    /// <summary>A call that another request had already started.</summary>
    public static CacheSource Shared(ActivityContext activity) => new("shared", activity);
}
