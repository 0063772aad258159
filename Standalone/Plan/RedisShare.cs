using System.Security.Cryptography;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Plan;

/// <summary>
/// A system's part of a Redis that others may use too: its own names for users, keys and channels, distinguished by port like the
/// instance folders. Database numbers are not enough: they do not apply to channels and users.
/// </summary>
internal sealed record RedisShare(string Address, Ports Ports)
{
    /// <summary>By service name, 256 bits in Base64; data encrypted with a lost key is lost too.</summary>
    public required IReadOnlyDictionary<string, string> SealingKeys { get; init; }

    /// <summary>Whether the data is removed with the system; otherwise the next one on these ports uses it again.</summary>
    public bool IsTemporary { get; private init; }

    public string Prefix => $"tracedemo-{Ports.Dashboard}";

    /// <summary>With the known keys, and new ones for services without a key.</summary>
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
