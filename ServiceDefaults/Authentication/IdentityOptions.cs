using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Who issues tokens, and as which client this service takes part. Section <c>Identity</c>; a service does not start without it.</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity";

    /// <summary>The prefix of secrets that stand in the public realm file, and that nothing outside Development may use.</summary>
    public const string DevelopmentSecretPrefix = "dev-only-";

    /// <summary>The issuer, exactly as it stands in <c>iss</c> (RFC 8414 §2), for example <c>http://localhost:8080/realms/tracedemo</c>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Where metadata, keys and token endpoint are reached from inside, if not at <see cref="Authority"/>. May be plain http, because it is named on purpose.</summary>
    public string? BackchannelAddress { get; set; }

    /// <summary>This service's OAuth client.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>That client's secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The audience that tokens for this service carry; the client id unless set.</summary>
    public string? Audience { get; set; }

    /// <summary>The named rule set by which <see cref="Caller"/> tells a person from a service. Only <c>keycloak</c> so far; none chosen means no start.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Accept header <c>typ: JWT</c> beside <c>at+jwt</c> (RFC 9068 §2.1), for providers that cannot set it; claim <c>typ</c> must then be <c>Bearer</c>.</summary>
    public bool AcceptJwtType { get; set; }

    internal string OwnAudience => string.IsNullOrEmpty(Audience) ? ClientId : Audience;

    internal string MetadataAddress => $"{(BackchannelAddress ?? Authority).TrimEnd('/')}/.well-known/openid-configuration";
}

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
            yield return "Identity__Authority must be the issuer's absolute URL; without it no token can be checked.";
        }
        else if (!development && !options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            yield return "Identity__Authority must be https outside Development; name a plain address inside the network as Identity__BackchannelAddress.";
        }

        if (options.BackchannelAddress is { } backchannel && !IsHttp(backchannel))
        {
            yield return "Identity__BackchannelAddress must be an absolute http or https URL.";
        }

        if (options.ClientId.Length == 0) { yield return "Identity__ClientId is missing; it is this service's OAuth client, and its audience."; }
        if (options.ClientSecret.Length == 0) { yield return "Identity__ClientSecret is missing."; }
        if (!development && options.ClientSecret.StartsWith(IdentityOptions.DevelopmentSecretPrefix, StringComparison.Ordinal))
        {
            yield return "Identity__ClientSecret is one from the public realm file; outside Development it must be a secret of your own.";
        }

        if (options.Provider != CallerProfile.Keycloak) { yield return "Identity__Provider must name how people are told from services: 'keycloak'."; }
    }

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
