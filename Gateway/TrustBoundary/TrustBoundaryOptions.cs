using System.ComponentModel.DataAnnotations;
using System.Net;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Section <c>Gateway</c> of the configuration, the part about requests from outside.</summary>
internal sealed class TrustBoundaryOptions : IValidatableObject
{
    public const string Section = "Gateway";

    /// <summary><c>continue</c> the caller's trace, or start a new one and <c>link</c> to it.</summary>
    public IncomingTraceContext TraceContext { get; set; } = IncomingTraceContext.Continue;

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of the proxies in front,
    /// whose <c>X-Forwarded-For</c> and <c>-Proto</c> are accepted.</summary>
    public IList<string> KnownProxies { get; } = [];

    internal IEnumerable<IPNetwork> ProxyNetworks => KnownProxies.Select(text => Network(text) ?? throw new FormatException(text));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var text in KnownProxies.Where(text => Network(text) is null))
        {
            yield return new($"Gateway__KnownProxies: '{text}' is neither an address nor a network.");
        }

        // Every caller of a gateway is outside: no caller's sampled flag may disable recording.
        if (TraceContext == IncomingTraceContext.Trusted || !Enum.IsDefined(TraceContext))
        {
            yield return new("Gateway__TraceContext must be 'continue' or 'link'.");
        }
    }

    internal static IPNetwork? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) ? network : null;
    }
}
