using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Degraded while the list of revocations is coarser than single sessions and tokens: some are refused without need.</summary>
internal sealed class RevocationsCheck(Func<DateTimeOffset?> refusedUntil) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(refusedUntil() is { } until
            ? HealthCheckResult.Degraded($"The list is full: every token issued until {until:u} is refused.")
            : HealthCheckResult.Healthy());
}
