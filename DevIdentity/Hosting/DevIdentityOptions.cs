using System.ComponentModel.DataAnnotations;

namespace TraceDemo.DevIdentity.Hosting;

/// <summary>Section <c>DevIdentity</c>.</summary>
internal sealed class DevIdentityOptions
{
    public const string Section = "DevIdentity";

    /// <summary>The <c>iss</c> of every token; default: <c>http://localhost:{port}/realms/{realm}</c>.</summary>
    public string? Issuer { get; set; }

    /// <summary>Whether exchanged tokens contain <c>act</c> (RFC 8693 §4.1), which Keycloak's standard exchange does not issue.</summary>
    public bool Act { get; set; } = true;

    /// <summary>The secret of client <c>key-rotation</c>, which may replace the signing key; without it rotation is disabled.</summary>
    [MinLength(16, ErrorMessage = "DevIdentity__KeyRotationSecret needs 16 characters or more.")]
    public string? KeyRotationSecret { get; set; }
}
