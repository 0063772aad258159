using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.Health;

/// <summary>Degraded while the list of revocations is coarser than single sessions and tokens: some are refused without need.</summary>
internal sealed class RevocationsCheck(Revocations revocations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(revocations.RefusedUntil is { } until
            ? HealthCheckResult.Degraded($"The list is full: every token issued until {until:u} is refused.")
            : HealthCheckResult.Healthy());
}
