using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>The identity provider and this application's client there; section <c>Identity</c>.</summary>
internal sealed class SignInOptions
{
    /// <summary>The issuer, as browsers and tokens name it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Where the same provider is reached from inside, if not by its public name.</summary>
    public string? BackchannelAddress { get; set; }

    public string ClientId { get; set; } = "dashboard";

    public string ClientSecret { get; set; } = "";

    public ClientId Client => new(ClientId);

    public IEnumerable<string> Errors(bool development)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority))
        {
            yield return "Identity:Authority must be the issuer's absolute address.";
        }
        else if (authority.Scheme != Uri.UriSchemeHttps && !development)
        {
            yield return "Identity:Authority must be https outside Development.";
        }
        if (BackchannelAddress is not null && !Uri.TryCreate(BackchannelAddress, UriKind.Absolute, out _))
        {
            yield return "Identity:BackchannelAddress must be absolute.";
        }
        if (ClientId.Length == 0) { yield return "Identity:ClientId is missing."; }
        if (ClientSecret.Length == 0) { yield return "Identity:ClientSecret is missing."; }
        else if (ClientSecret.StartsWith("dev-only-", StringComparison.Ordinal) && !development)
        {
            yield return "Identity:ClientSecret is a development secret.";
        }
    }
}
