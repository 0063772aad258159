using System.Security.Cryptography;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Plan;

/// <summary>
/// What a system has in a Redis that others may use too: names of its own for users, keys and channels, told apart by the port as the
/// instance folders are. Database numbers would not do: channels and users know none.
/// </summary>
internal sealed record RedisShare(string Address, Ports Ports)
{
    /// <summary>By service name, 256 bits in Base64; what was sealed with a key is lost with it.</summary>
    public required IReadOnlyDictionary<string, string> SealingKeys { get; init; }

    /// <summary>Whether what is in Redis goes with the system; else the next one on these ports finds it again.</summary>
    public bool IsTemporary { get; private init; }

    public string Prefix => $"tracedemo-{Ports.Dashboard}";

    /// <summary>With the keys that are known, and new ones for services that have none.</summary>
    public static RedisShare With(string address, Ports ports, IReadOnlyDictionary<string, string> known) => new(address, ports)
    {
        SealingKeys = Service.Relying.ToDictionary(service => service.Name, service => known.GetValueOrDefault(service.Name) ?? NewKey()),
    };

    public static RedisShare? Temporary(string? address, Ports ports) =>
        address is null ? null : With(address, ports, new Dictionary<string, string>()) with { IsTemporary = true };

    public string User(string service) => $"{Prefix}-{service}";

    public string ConnectionString(string service, Secrets secrets) =>
        $"{Address},user={User(service)},password={secrets.RedisPassword(service)}";

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
