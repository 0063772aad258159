using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Section <c>Telemetry</c> of the configuration.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// Key of the pseudonyms, at least 32 characters; one for all services, or one person has several pseudonyms inside a trace.
    /// Only Development has a default.
    /// </summary>
    public string? PseudonymKey { get; set; }

    /// <summary>How spans name a person: by <see cref="IdentityDisplay.Pseudonym"/>, or by user name (default in Development only).</summary>
    public IdentityDisplay? Identity { get; set; }

    /// <summary>Whether SkyWalking's <c>sw8</c> header is written beside <c>traceparent</c>.</summary>
    public bool Sw8 { get; set; }
}

/// <summary>What <c>enduser.pseudo.id</c> and <c>token.subject</c> show.</summary>
public enum IdentityDisplay
{
    /// <summary>A keyed hash of issuer and subject.</summary>
    Pseudonym,

    /// <summary>The user name, readable.</summary>
    UserName,
}

internal sealed class TelemetryOptionsDefaults(IHostEnvironment environment) : IConfigureOptions<TelemetryOptions>, IValidateOptions<TelemetryOptions>
{
    internal const string DevelopmentKey = "dev-only-pseudonym-key-of-tracedemo";
    private const int MinimumKeyLength = 32;

    public void Configure(TelemetryOptions options)
    {
        if (!environment.IsDevelopment())
        {
            return;
        }

        options.PseudonymKey = DevelopmentKey;
        options.Identity = IdentityDisplay.UserName;
    }

    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        if (options.PseudonymKey is not { Length: >= MinimumKeyLength } key)
        {
            return ValidateOptionsResult.Fail($"Telemetry__PseudonymKey is missing or shorter than {MinimumKeyLength} characters; give all services the same random one.");
        }

        return key.StartsWith("dev-only-", StringComparison.Ordinal) && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail("Telemetry__PseudonymKey is the development key; outside Development set a random one.")
            : ValidateOptionsResult.Success;
    }
}
