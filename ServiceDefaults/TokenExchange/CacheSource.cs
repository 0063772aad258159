using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Where an exchange's answer came from; <c>Shared</c> is a call that somebody else had already begun.</summary>
internal sealed record CacheSource(string Name, ActivityContext Winner = default)
{
    public static readonly CacheSource Miss = new("miss");
    public static readonly CacheSource Hit = new("hit");
    public static readonly CacheSource Redis = new("redis");
}
