using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>What Redis said: an answer, a refusal in its own word (such as <c>OOM</c>), or nothing in time.</summary>
internal readonly record struct RedisReply(RedisResult? Result, string? Refusal)
{
    public static RedisReply None => default;

    public bool Answered => Result is not null;
}
