namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The token issuer, and this service's client there. Section
/// <c>Identity</c>; required at startup.</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>The prefix of secrets in the public realm file, which are rejected outside Development.</summary>
    public const string DevelopmentSecretPrefix = "dev-only-";

    /// <summary>The issuer, exactly as in <c>iss</c> (RFC 8414 §2), for
    /// example <c>http://localhost:8080/realms/tracedemo</c>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The internal address for metadata, keys and token endpoint, if it differs from
    /// <see cref="Authority"/>. May be plain http, because it is set explicitly.</summary>
    public string? BackchannelAddress { get; set; }

    /// <summary>This service's OAuth client.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>That client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The audience of tokens for this service; defaults to the client id.</summary>
    public string? Audience { get; set; }

    /// <summary>The named rule set that distinguishes people from
    /// services. Only <c>keycloak</c> so far; required at startup.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Accepts header <c>typ: JWT</c> in addition to <c>at+jwt</c> (RFC 9068 §2.1), for providers
    /// that cannot set it; claim <c>typ</c> must then be <c>Bearer</c>.</summary>
    public bool AcceptJwtType { get; set; }

    internal const string Keycloak = "keycloak";

    internal string OwnAudience => string.IsNullOrEmpty(Audience) ? ClientId : Audience;

    internal string MetadataAddress => $"{(BackchannelAddress ?? Authority).TrimEnd('/')}/.well-known/openid-configuration";
}
