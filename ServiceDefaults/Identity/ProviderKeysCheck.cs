using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Ready once the provider's keys were fetched; a provider that goes away later does not take the service with it.</summary>
internal sealed class ProviderKeysCheck(SigningKeys keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.Metadata is null
            ? HealthCheckResult.Unhealthy("The identity provider's keys were not fetched yet.")
            : HealthCheckResult.Healthy());
}
