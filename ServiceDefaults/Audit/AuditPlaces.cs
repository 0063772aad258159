using System.Threading.RateLimiting;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Queue places for entries that are not written yet. Each person has a share, so that nobody can take all of them.</summary>
internal sealed class AuditPlaces : IDisposable
{
    public const int MaxPermits = 1_000;
    public const int MaxPermitsPerPerson = 250;
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly PartitionedRateLimiter<string> _everybodys = PartitionedRateLimiter.Create<string, string>(
        _ => RateLimitPartition.GetConcurrencyLimiter("", _ => Of(MaxPermits)));
    private readonly PartitionedRateLimiter<string> _shares =
        PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetConcurrencyLimiter(person, _ => Of(MaxPermitsPerPerson)));

    private readonly PartitionedRateLimiter<string> _places;

    public AuditPlaces(TimeProvider time) => (_time, _places) = (time, PartitionedRateLimiter.CreateChained(_shares, _everybodys));

    /// <summary>Whether all places are taken, reserved ones included.</summary>
    public bool IsFull => _everybodys.GetStatistics("") is { CurrentAvailablePermits: 0 };

    /// <summary>A place if one is free, to be disposed when the entry is written; otherwise null.</summary>
    /// <param name="person">The token's <c>sub</c>, or null.</param>
    public RateLimitLease? TryTake(string? person) => Taken(_places.AttemptAcquire(person ?? ""));

    /// <summary>Waits for a place; null on timeout. A disconnected caller does not
    /// cancel the wait: the outcome must be recorded.</summary>
    /// <param name="person">The token's <c>sub</c>, or null.</param>
    public async ValueTask<RateLimitLease?> TakeAsync(string? person)
    {
        if (TryTake(person) is { } free)
        {
            return free;
        }

        using var timeout = new CancellationTokenSource(WaitTimeout, _time);
        try
        {
            return Taken(await _places.AcquireAsync(person ?? "", permitCount: 1, timeout.Token));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _shares.Dispose();
        _everybodys.Dispose();
    }

    private static ConcurrencyLimiterOptions Of(int places) => new()
    {
        PermitLimit = places,
        QueueLimit = MaxPermits,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private static RateLimitLease? Taken(RateLimitLease lease)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }
}
