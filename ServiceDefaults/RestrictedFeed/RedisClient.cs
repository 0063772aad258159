using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// The older client library does not know users of Redis' access control list. It connects as the default user, and each probe signs in
/// by <c>AUTH user password</c>, so that no connection counts as up before. The connection for messages stays the default user's, who
/// needs nothing but to subscribe: messages are sealed.
/// </summary>
internal sealed partial class RedisClient
{
    static partial void SignInByProbe(ref string address, ref string[] probe)
    {
        var parts = address.Split(',', StringSplitOptions.TrimEntries);
        if (Value(parts, "user=") is not { } name) { return; }

        probe = ["AUTH", name, Value(parts, "password=") ?? ""];
        address = string.Join(',', parts.Where(part => !Is(part, "user=") && !Is(part, "password=")));
    }

    /// <summary>One slow receiver of a message must not hold up the others.</summary>
    static partial void AnswerAtOnce(ConnectionMultiplexer connection) => connection.PreserveAsyncOrder = false;

    private static string? Value(string[] parts, string option) => parts.FirstOrDefault(part => Is(part, option))?[option.Length..];

    private static bool Is(string part, string option) => part.StartsWith(option, StringComparison.OrdinalIgnoreCase);
}
