using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Ready once the provider's metadata was read; it is kept from then on.</summary>
internal sealed class ProviderCheck(Provider provider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await provider.MetadataAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (ProviderUnavailableException)
        {
            return HealthCheckResult.Unhealthy("the identity provider does not answer");
        }
    }
}
