namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Who issues tokens, and as which client this service takes part. Section
/// <c>Identity</c>; a service does not start without it.</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>The prefix of secrets that stand in the public realm file, and that nothing outside Development may use.</summary>
    public const string DevelopmentSecretPrefix = "dev-only-";

    /// <summary>The issuer, exactly as it stands in <c>iss</c> (RFC 8414 §2), for
    /// example <c>http://localhost:8080/realms/tracedemo</c>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Where metadata, keys and token endpoint are reached from inside, if not at
    /// <see cref="Authority"/>. May be plain http, because it is named on purpose.</summary>
    public string? BackchannelAddress { get; set; }

    /// <summary>This service's OAuth client.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>That client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The audience that tokens for this service carry; the client id unless set.</summary>
    public string? Audience { get; set; }

    /// <summary>The named rule set by which people are told from
    /// services. Only <c>keycloak</c> so far; none chosen means no start.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Accept header <c>typ: JWT</c> beside <c>at+jwt</c> (RFC 9068 §2.1), for providers
    /// that cannot set it; claim <c>typ</c> must then be <c>Bearer</c>.</summary>
    public bool AcceptJwtType { get; set; }

    internal const string Keycloak = "keycloak";

    internal string OwnAudience => string.IsNullOrEmpty(Audience) ? ClientId : Audience;

    internal string MetadataAddress => $"{(BackchannelAddress ?? Authority).TrimEnd('/')}/.well-known/openid-configuration";
}
