using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.AgentService.Registry;

/// <summary>Not ready before the state was read once.</summary>
internal sealed class RegistryCheck(SharedRegistry registry) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(registry.IsKnown ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Redis has not answered yet"));
}
