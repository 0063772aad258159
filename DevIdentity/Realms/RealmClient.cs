using System.Globalization;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>A client of the realm with its scopes resolved.</summary>
internal sealed record RealmClient
{
    public required string Id { get; init; }
    public required bool Enabled { get; init; }
    public required bool IsPublic { get; init; }
    public required string AuthenticatorType { get; init; }
    public required string? Secret { get; init; }
    public required bool StandardFlow { get; init; }
    public required bool DirectAccess { get; init; }
    public required RealmUser? ServiceAccount { get; init; }
    public required IReadOnlyList<string> RedirectUris { get; init; }
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
    public required IReadOnlyList<ClientScope> DefaultScopes { get; init; }
    public required IReadOnlyList<ClientScope> OptionalScopes { get; init; }

    public bool TokenExchange => IsOn("standard.token.exchange.enabled");
    public bool DeviceFlow => IsOn("oauth2.device.authorization.grant.enabled");
    public bool IsRfc9068 => IsOn("access.token.header.type.rfc9068");
    public bool UsesClientAssertion => AuthenticatorType == "client-jwt";
    public string? PkceMethod => Attribute("pkce.code.challenge.method");
    public string? BackchannelLogoutUrl => Attribute("backchannel.logout.url");

    public string? Attribute(string name) => Attributes.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool IsOn(string name) => Attribute(name) == "true";

    public int? Seconds(string name) => int.TryParse(Attribute(name), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
