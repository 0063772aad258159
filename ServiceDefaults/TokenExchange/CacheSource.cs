using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The source of an exchange's result; <c>Shared</c> is a call already in progress.</summary>
internal sealed record CacheSource(string Name, ActivityContext Winner = default)
{
    public static readonly CacheSource Miss = new("miss");
    public static readonly CacheSource Hit = new("hit");
    public static readonly CacheSource Redis = new("redis");
}
