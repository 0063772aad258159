using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.AgentService.Registry;

/// <summary>Not ready before the first read of the state.</summary>
internal sealed class RegistryCheck(SharedRegistry registry) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(registry.IsKnown ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Redis has not responded yet"));
}
