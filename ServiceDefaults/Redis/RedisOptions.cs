using System.Buffers.Text;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>How this service uses Redis. Section <c>Redis</c>, beside the connection string <c>redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Redis";

    internal const int KeyBytes = 32;

    /// <summary>The service's own key: 32 bytes as base64url or base64. Never in
    /// Redis, the same in all replicas, another for each service.</summary>
    public string Key { get; set; } = "";

    /// <summary>The first part of every key and channel: another for another system in the same Redis.</summary>
    public string Prefix { get; set; } = "tracedemo";

    /// <summary>How long a call waits for Redis, which then counts as away until it answers again.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>With what every key and channel of this service begins.</summary>
    internal string OwnPrefix => $"{Prefix}:{Service}:";

    /// <summary>The connection string, in the format of StackExchange.Redis.</summary>
    internal string Address { get; set; } = "";

    /// <summary>Whose share it is: the second part of every key and channel.</summary>
    internal string Service { get; set; } = "";

    /// <summary>The bytes of <see cref="Key"/>, or null when it is not 32 of them.</summary>
    internal static byte[]? Decode(string key)
    {
        var text = key.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(text, out var length) && length == KeyBytes ? Base64Url.DecodeFromChars(text) : null;
    }
}
