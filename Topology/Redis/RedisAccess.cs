namespace TraceDemo.Topology.Redis;

/// <summary>The rights of a service in Redis, as ACL rules:
/// its own keys and channels, and the commands it sends.</summary>
public static class RedisAccess
{
    /// <summary>
    /// The rule of the default user, which is disabled. Otherwise a connection with a wrong password would continue as
    /// this user instead of failing.
    /// </summary>
#if RESTRICTED_FEED
    // The older client library can only connect as this user, and receives encrypted messages as this user; it may access no key.
    public const string DefaultUser =
        "user default on nopass sanitize-payload resetkeys resetchannels &tracedemo:* -@all "
        + "+ping +echo +auth +hello +client|setname +subscribe +unsubscribe";
#else
    public const string DefaultUser = "user default off resetpass resetkeys resetchannels -@all";
#endif

    /// <summary>The commands that services send. None lists keys or changes a setting.</summary>
    public static readonly IReadOnlyList<string> Commands =
    [
        "+ping", "+echo", "+auth", "+hello", "+client|setname", "+subscribe", "+unsubscribe", "+publish",
        "+getrange", "+set", "+del", "+zadd", "+zrangebyscore", "+zremrangebyscore", "+zcard", "+memory|usage",
    ];

    /// <summary>The rule of one service, a line of an ACL file.</summary>
    /// <param name="service">The service's name, which is its OAuth client.</param>
    /// <param name="password">The password of its user, without white space.</param>
    public static string UserOf(string service, string password) =>
        $"user {service} on sanitize-payload >{password} resetkeys ~tracedemo:{service}:* resetchannels &tracedemo:{service}:* -@all "
        + $"{string.Join(' ', Commands)}";
}
