using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// The older client library does not know users of Redis' access control list. It connects as the default user, and each probe signs in
/// by <c>AUTH user password</c>, so that no connection counts as up before. The connection for messages stays the default user's, who
/// needs nothing but to subscribe: messages are sealed.
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
        // One slow receiver of a message must not hold up the others. The current library does so by itself.
        connection.PreserveAsyncOrder = false;
        return connection;
    }

    private static string? Value(string[] parts, string option) => parts.FirstOrDefault(part => Is(part, option))?[option.Length..];

    private static bool Is(string part, string option) => part.StartsWith(option, StringComparison.OrdinalIgnoreCase);
}
