using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Reports pending and lost entries. Not ready while the queue is full: every request would fail.</summary>
internal sealed class AuditCheck(AuditTrail trail) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((trail.IsFailing, trail.Lost) switch
        {
            (true, _) when trail.IsFull =>
                HealthCheckResult.Unhealthy("The audit file cannot be written, and the queue of entries is full."),
            (true, _) => HealthCheckResult.Degraded("The audit file cannot be written; entries are queued."),
            (_, > 0) => HealthCheckResult.Degraded($"{trail.Lost} audit entries were lost."),
            _ => HealthCheckResult.Healthy(),
        });
}
