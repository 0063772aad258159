using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>
/// The hosts that belong to the system: the configured services, the identity provider, and those that <c>Telemetry:Hosts</c> adds.
/// Any other host, such as one on the internet, receives no trace context.
/// </summary>
internal sealed class SystemHosts
{
    // Read at the first call: in tests, addresses are known only after the other side listens.
    private readonly Lazy<FrozenSet<string>> _authorities;

    internal SystemHosts(IConfiguration configuration)
        : this(() => [.. Services(configuration), .. Others(configuration)])
    {
    }

    private SystemHosts(Func<IEnumerable<string?>> addresses) => _authorities = new(() => Authorities(addresses()));

    /// <summary>The configured services only.</summary>
    internal static SystemHosts OfServices(IConfiguration configuration) => new(() => Services(configuration));

    internal bool Include(Uri? address) => address is { IsAbsoluteUri: true } && _authorities.Value.Contains(Authority(address));

    private static IEnumerable<string?> Services(IConfiguration configuration) =>
        configuration.GetSection("services").AsEnumerable().Select(setting => setting.Value);

    private static IEnumerable<string?> Others(IConfiguration configuration) =>
        configuration.GetSection("Telemetry:Hosts").AsEnumerable().Select(setting => setting.Value)
            .Append(configuration["Identity:Authority"])
            .Append(configuration["Identity:BackchannelAddress"]);

    private static FrozenSet<string> Authorities(IEnumerable<string?> addresses) =>
        addresses.Select(value => Uri.TryCreate(value, UriKind.Absolute, out var address) ? Authority(address) : null)
            .OfType<string>()
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string Authority(Uri address) => $"{address.IdnHost}:{address.Port}";
}
