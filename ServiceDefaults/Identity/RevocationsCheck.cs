using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Degraded while the list uses a cutoff instead of single sessions and tokens: some tokens are refused unnecessarily.</summary>
internal sealed class RevocationsCheck(Func<DateTimeOffset?> cutoff) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(cutoff() is { } until
            ? HealthCheckResult.Degraded($"The list is full: every token issued until {until:u} is refused.")
            : HealthCheckResult.Healthy());
}
