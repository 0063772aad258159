namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Section <c>Telemetry</c> of the configuration.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// Key of the pseudonyms, at least 32 characters; one for all services, or one person has several pseudonyms inside a trace.
    /// Only Development has a default.
    /// </summary>
    public string? PseudonymKey { get; set; }

    /// <summary>How spans name a person: by
    /// <see cref="IdentityDisplay.Pseudonym"/>, or by user name (default in Development only).</summary>
    public IdentityDisplay? Identity { get; set; }

    /// <summary>Whether SkyWalking's <c>sw8</c> header is written beside <c>traceparent</c>.</summary>
    public bool Sw8 { get; set; }
}
