using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Ready after the first fetch of the provider's keys; the service survives a later outage of the provider.</summary>
internal sealed class ProviderKeysCheck(SigningKeys keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.Metadata is null
            ? HealthCheckResult.Unhealthy("The identity provider's keys have not been fetched yet.")
            : HealthCheckResult.Healthy());
}
