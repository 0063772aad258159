using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Identity;

internal sealed class IdentityOptionsValidator(IHostEnvironment environment) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> Errors(IdentityOptions options)
    {
        var development = environment.IsDevelopment();
        if (!IsHttp(options.Authority))
        {
            yield return "Identity__Authority must be the issuer's absolute URL; it is needed to validate tokens.";
        }
        else if (!development && !options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            yield return "Identity__Authority must be https outside Development; name a plain address inside the network as "
                + "Identity__BackchannelAddress.";
        }

        if (options.BackchannelAddress is { } backchannel && !IsHttp(backchannel))
        {
            yield return "Identity__BackchannelAddress must be an absolute http or https URL.";
        }

        if (options.ClientId.Length == 0)
        {
            yield return "Identity__ClientId is missing; it is this service's OAuth client, and its audience.";
        }
        if (options.ClientSecret.Length == 0)
        {
            yield return "Identity__ClientSecret is missing.";
        }
        if (!development && options.ClientSecret.StartsWith(IdentityOptions.DevelopmentSecretPrefix, StringComparison.Ordinal))
        {
            yield return "Identity__ClientSecret is one from the public realm file; outside Development it must be a secret of your own.";
        }

        if (options.Provider != IdentityOptions.Keycloak)
        {
            yield return "Identity__Provider must name the rule set that distinguishes people from services: 'keycloak'.";
        }
    }

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
