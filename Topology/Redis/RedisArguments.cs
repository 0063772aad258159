namespace TraceDemo.Topology.Redis;

/// <summary>Command line arguments of redis-server, for a shell, that create
/// each service's Redis user. Passwords come from variables.</summary>
public static class RedisArguments
{
    /// <summary>Above this, Redis rejects writes, before its container reaches its limit
    /// and is killed; services continue without the rejected data.</summary>
    public const string Memory = "--maxmemory 192mb";

    public static string PasswordVariable(string service) => $"{service.ToUpperInvariant().Replace('-', '_')}_REDIS_PASSWORD";

    /// <summary>One <c>--user</c> for each service, with every word of its rule quoted: the shell
    /// would interpret <c>&gt;</c> and <c>&amp;</c>.</summary>
    public static string UsersOf(IEnumerable<string> services) => string.Join(' ', services.Select(service =>
    {
        var rule = RedisAccess.UserOf(service, $"${PasswordVariable(service)}").Split(' ');
        return $"--{rule[0]} {string.Join(' ', rule.Skip(1).Select(word => $"\"{word}\""))}";
    }));
}
