using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;

namespace TraceDemo.Gateway.Limits;

/// <summary>
/// Bounds how many refused requests are recorded. A flood would otherwise fill the queue of spans that wait for export, and the gateway's
/// share at the receiver, and spans of other people's requests would be lost. The framework's metrics count every refusal.
/// </summary>
internal sealed class RefusalSpans : IDisposable
{
    /// <summary>Recorded refusals a second, of everybody together.</summary>
    public const int PerSecond = 20;

    private readonly TokenBucketRateLimiter _recorded = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = PerSecond,
        TokensPerPeriod = PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    public void Dispose() => _recorded.Dispose();

    /// <summary>Takes the request's span out of what is exported, unless it is among the first of this second.</summary>
    public void Limit(HttpContext refused)
    {
        using var lease = _recorded.AttemptAcquire();
        if (!lease.IsAcquired && refused.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
