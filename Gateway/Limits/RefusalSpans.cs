using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;

namespace TraceDemo.Gateway.Limits;

/// <summary>
/// Limits how many rejected requests are recorded. Otherwise a flood would fill the export queue, and the gateway's
/// share at the receiver, and displace spans of other people's requests. The framework's metrics count every rejection.
/// </summary>
internal sealed class RefusalSpans : IDisposable
{
    /// <summary>Recorded rejections per second, in total.</summary>
    public const int PerSecond = 20;

    private readonly TokenBucketRateLimiter _recorded = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = PerSecond,
        TokensPerPeriod = PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    public void Dispose() => _recorded.Dispose();

    /// <summary>Excludes the request's span from export, unless it is among the first of this second.</summary>
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
