using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Telemetry;

internal sealed class TelemetryOptionsDefaults(IHostEnvironment environment)
    : IConfigureOptions<TelemetryOptions>, IValidateOptions<TelemetryOptions>
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
            return ValidateOptionsResult.Fail(
                $"Telemetry__PseudonymKey is missing or shorter than {MinimumKeyLength} characters; give all services the same random "
                + "one.");
        }

        return key.StartsWith("dev-only-", StringComparison.Ordinal) && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail("Telemetry__PseudonymKey is the development key; outside Development set a random one.")
            : ValidateOptionsResult.Success;
    }
}
