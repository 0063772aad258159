using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.RestrictedFeed;

/// <summary>
/// A user of Redis' access control list, for a client library that does not know them: it connects as the default user, and each probe
/// signs in by <c>AUTH user password</c>, so that no connection counts as up before. The connection for messages stays the default
/// user's, who needs nothing but to subscribe: messages are sealed.
/// </summary>
internal sealed class RedisUser(string name, string password)
{
    /// <summary>The connection string without the user and the user's password, and the user, if it names one.</summary>
    public static (string Address, RedisUser? User) Split(string address)
    {
        var parts = address.Split(',', StringSplitOptions.TrimEntries);
        if (Value(parts, "user=") is not { } name) { return (address, null); }

        var others = parts.Where(part => !Is(part, "user=") && !Is(part, "password="));
        return (string.Join(',', others), new RedisUser(name, Value(parts, "password=") ?? ""));
    }

    public Task AuthenticateAsync(IDatabase database) => database.ExecuteAsync("AUTH", name, password);

    /// <summary>Answers go to who waits for them, at once; one slow receiver of a message must not hold up the others.</summary>
    public static void Relax(ConnectionMultiplexer connection) => connection.PreserveAsyncOrder = false;

    private static string? Value(string[] parts, string option) => parts.FirstOrDefault(part => Is(part, option))?[option.Length..];

    private static bool Is(string part, string option) => part.StartsWith(option, StringComparison.OrdinalIgnoreCase);
}
