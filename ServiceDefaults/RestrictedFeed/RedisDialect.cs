using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// The older client library does not support ACL users of Redis. It connects as the default user, and each probe authenticates
/// by <c>AUTH user password</c>, before the connection counts as up. The subscription connection remains the default user's, which
/// only needs to subscribe: messages are encrypted.
/// </summary>
internal static class RedisDialect
{
    public static (ConfigurationOptions Options, string[] Probe) Read(string address)
    {
        var parts = address.Split(',', StringSplitOptions.TrimEntries);
        return Value(parts, "user=") is { } user
            ? (ConfigurationOptions.Parse(string.Join(',', parts.Where(part => !Is(part, "user=") && !Is(part, "password=")))),
                ["AUTH", user, Value(parts, "password=") ?? ""])
            : (ConfigurationOptions.Parse(address), ["PING"]);
    }

    public static async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions options)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        // A slow receiver of a message must not delay the others. The current library ensures this itself.
        connection.PreserveAsyncOrder = false;
        return connection;
    }

    private static string? Value(string[] parts, string option) => parts.FirstOrDefault(part => Is(part, option))?[option.Length..];

    private static bool Is(string part, string option) => part.StartsWith(option, StringComparison.OrdinalIgnoreCase);
}
