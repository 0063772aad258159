using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Shows that entries wait or were lost. Not ready once there is no room for another: every request would fail.</summary>
internal sealed class AuditCheck(AuditTrail trail) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((trail.IsFailing, trail.Lost) switch
        {
            (true, _) when trail.IsFull =>
                HealthCheckResult.Unhealthy("The audit file cannot be written to, and there is no room for another entry."),
            (true, _) => HealthCheckResult.Degraded("The audit file cannot be written to; entries wait."),
            (_, > 0) => HealthCheckResult.Degraded($"{trail.Lost} entries of the audit were lost."),
            _ => HealthCheckResult.Healthy(),
        });
}
