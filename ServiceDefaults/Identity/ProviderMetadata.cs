using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The part of the provider's metadata that services need (RFC 8414 §2), with addresses as reached from here.</summary>
internal sealed record ProviderMetadata(Uri TokenEndpoint, Uri KeySetAddress)
{
    /// <summary>
    /// Reads the discovery document. Its issuer must be the configured one (RFC 8414 §3.3). Addresses at the public origin are moved to
    /// the back channel's origin where one is configured.
    /// </summary>
    public static ProviderMetadata Read(JsonElement document, IdentityOptions options)
    {
        if (document.GetProperty("issuer").GetString() != options.Authority)
        {
            throw new InvalidOperationException("The provider names another issuer than Identity__Authority.");
        }

        return new ProviderMetadata(Address(document, "token_endpoint", options), Address(document, "jwks_uri", options));
    }

    private static Uri Address(JsonElement document, string member, IdentityOptions options)
    {
        var address = new Uri(document.GetProperty(member).GetString()!, UriKind.Absolute);
        return options.BackchannelAddress is { } backchannel && Origin(address) == Origin(new Uri(options.Authority))
            ? new Uri(new Uri(Origin(new Uri(backchannel))), address.PathAndQuery)
            : address;
    }

    private static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
