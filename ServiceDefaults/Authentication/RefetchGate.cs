namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets keys be fetched again at most once a second, one fetch at a time: a rotation is noticed at once, and made-up key ids cost nothing.
/// </summary>
internal sealed class RefetchGate(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private long? _lastFetch;

    /// <summary>Fetches, unless that was just done or has become needless while waiting for another fetch.</summary>
    public async Task FetchAsync(Func<bool> needless, Func<CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            var recent = _lastFetch is { } last && time.GetElapsedTime(last) < MinimumInterval;
            if (recent || needless()) { return; }

            try
            {
                await fetch(cancellationToken);
            }
            finally
            {
                // From the end: who waited while the other side stayed silent must not wait for it again, one after the other.
                _lastFetch = time.GetTimestamp();
            }
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose() => _fetching.Dispose();
}
