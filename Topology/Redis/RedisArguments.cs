namespace TraceDemo.Topology.Redis;

/// <summary>What makes a Redis user of each service, on the command line of a shell
/// that starts redis-server. Passwords come from variables.</summary>
public static class RedisArguments
{
    /// <summary>Beyond it Redis refuses writes, before its container reaches its limit
    /// and is killed; services go on without what was refused.</summary>
    public const string Memory = "--maxmemory 192mb";

    public static string PasswordVariable(string service) => $"{service.ToUpperInvariant().Replace('-', '_')}_REDIS_PASSWORD";

    /// <summary>One <c>--user</c> for each, every word of its rule quoted: the shell
    /// would take <c>&gt;</c> and <c>&amp;</c> for its own.</summary>
    public static string UsersOf(IEnumerable<string> services) => string.Join(' ', services.Select(service =>
    {
        var rule = RedisAccess.UserOf(service, $"${PasswordVariable(service)}").Split(' ');
        return $"--{rule[0]} {string.Join(' ', rule.Skip(1).Select(word => $"\"{word}\""))}";
    }));
}
