using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The provider's metadata (RFC 8414 §2), with server-to-server addresses as reachable from here.</summary>
/// <param name="TokenEndpoint">The address that issues tokens.</param>
/// <param name="KeySetAddress">The address of its public keys.</param>
public sealed record ProviderMetadata(Uri TokenEndpoint, Uri KeySetAddress)
{
    /// <summary>The sign-in page, by its public address, because browsers open it. Null if there is none.</summary>
    public Uri? AuthorizationEndpoint { get; init; }

    /// <summary>The address that ends a session (OpenID Connect RP-Initiated Logout §2.1); null if not supported.</summary>
    public Uri? EndSessionEndpoint { get; init; }

    /// <summary>Whether each authorization response names the issuer (RFC 9207 §3).</summary>
    public bool IncludesIssuerInResponse { get; init; }

    /// <summary>
    /// Reads the discovery document. Its issuer must be the configured one (RFC 8414 §3.3). If a back channel is configured, addresses at
    /// the public origin are moved to its origin.
    /// </summary>
    internal static ProviderMetadata Read(JsonElement document, IdentityOptions options)
    {
        if (document.GetProperty("issuer").GetString() != options.Authority)
        {
            throw new InvalidOperationException("The provider's issuer differs from Identity__Authority.");
        }

        return new ProviderMetadata(Required(document, "token_endpoint", options), Required(document, "jwks_uri", options))
        {
            AuthorizationEndpoint = Optional(document, "authorization_endpoint"),
            EndSessionEndpoint = Optional(document, "end_session_endpoint") is { } address ? Inside(address, options) : null,
            IncludesIssuerInResponse = document.TryGetProperty("authorization_response_iss_parameter_supported", out var names)
                && names.ValueKind == JsonValueKind.True,
        };
    }

    private static Uri Required(JsonElement document, string member, IdentityOptions options) =>
        Inside(new Uri(document.GetProperty(member).GetString()!, UriKind.Absolute), options);

    private static Uri? Optional(JsonElement document, string member) =>
        document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
        && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : null;

    private static Uri Inside(Uri address, IdentityOptions options) =>
        options.BackchannelAddress is { } backchannel && Origin(address) == Origin(new Uri(options.Authority))
            ? new Uri(new Uri(Origin(new Uri(backchannel))), address.PathAndQuery)
            : address;

    private static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
