using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>The reply of Redis: a value, an error by its code (such as <c>OOM</c>), or none in time.</summary>
internal readonly record struct RedisReply(RedisResult? Result, string? Refusal)
{
    public static RedisReply None => default;

    public bool Answered => Result is not null;
}
