using System.Threading.RateLimiting;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// Limits the entries that are not written yet: each has a permit. Each person has a share, so that nobody can take all permits.
/// </summary>
internal sealed class AuditQueueLimits : IDisposable
{
    public const int MaxPermits = 1_000;
    public const int MaxPermitsPerPerson = 250;
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly PartitionedRateLimiter<string> _total = PartitionedRateLimiter.Create<string, string>(
        _ => RateLimitPartition.GetConcurrencyLimiter("", _ => Options(MaxPermits)));
    private readonly PartitionedRateLimiter<string> _perPerson = PartitionedRateLimiter.Create<string, string>(
        person => RateLimitPartition.GetConcurrencyLimiter(person, _ => Options(MaxPermitsPerPerson)));

    private readonly PartitionedRateLimiter<string> _permits;

    public AuditQueueLimits(TimeProvider time)
    {
        _time = time;
        _permits = PartitionedRateLimiter.CreateChained(_perPerson, _total);
    }

    /// <summary>Whether all permits are taken, reserved ones included.</summary>
    public bool IsFull => _total.GetStatistics("") is { CurrentAvailablePermits: 0 };

    /// <summary>A permit if one is free, to be disposed when the entry is written; otherwise null.</summary>
    /// <param name="person">The token's <c>sub</c>, or null.</param>
    public RateLimitLease? TryAcquire(string? person) => Acquired(_permits.AttemptAcquire(person ?? ""));

    /// <summary>Waits for a permit; null on timeout. A disconnected caller does not
    /// cancel the wait: the outcome must be recorded.</summary>
    /// <param name="person">The token's <c>sub</c>, or null.</param>
    public async ValueTask<RateLimitLease?> AcquireAsync(string? person)
    {
        if (TryAcquire(person) is { } free)
        {
            return free;
        }

        using var timeout = new CancellationTokenSource(WaitTimeout, _time);
        try
        {
            return Acquired(await _permits.AcquireAsync(person ?? "", permitCount: 1, timeout.Token));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _permits.Dispose();
        _perPerson.Dispose();
        _total.Dispose();
    }

    private static ConcurrencyLimiterOptions Options(int permits) => new()
    {
        PermitLimit = permits,
        QueueLimit = MaxPermits,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private static RateLimitLease? Acquired(RateLimitLease lease)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }
}
