namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Section <c>Telemetry</c> of the configuration.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Key of the pseudonyms, at least 32 characters; the same for all services, or a person has several pseudonyms in one trace.
    /// Only Development has a default.
    /// </summary>
    public string? PseudonymKey { get; set; }

    /// <summary>How spans identify a person: by
    /// <see cref="IdentityDisplay.Pseudonym"/>, or by user name (default in Development only).</summary>
    public IdentityDisplay? Identity { get; set; }

    /// <summary>Whether SkyWalking's <c>sw8</c> header is written in addition to <c>traceparent</c>.</summary>
    public bool Sw8 { get; set; }
}
