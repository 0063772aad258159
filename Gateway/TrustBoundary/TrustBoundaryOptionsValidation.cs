using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Gateway.TrustBoundary;

internal sealed class TrustBoundaryOptionsValidation : IValidateOptions<TrustBoundaryOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustBoundaryOptions options)
    {
        var errors = options.KnownProxies.Where(text => TrustBoundaryOptions.Network(text) is null)
            .Select(text => $"Gateway__KnownProxies: '{text}' is neither an address nor a network.").ToList();
        // Everybody is outside for a gateway: nobody's sampled flag may switch recording off.
        if (options.TraceContext == IncomingTraceContext.Trusted || !Enum.IsDefined(options.TraceContext))
        {
            errors.Add("Gateway__TraceContext must be 'continue' or 'link'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
