namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Allows keys to be fetched at most once a second, one fetch at a time: a rotation is detected immediately, and made-up key ids cost
/// little. All callers share a fetch: a disconnecting caller cancels only its own wait, so it cannot keep the key from others.
/// </summary>
internal sealed class RefetchGate : IDisposable
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationToken _disposed;
    private readonly Lock _lock = new();
    private Task _fetch = Task.CompletedTask;
    private long? _lastEnd;

    public RefetchGate(TimeProvider time)
    {
        _time = time;
        _disposed = _disposing.Token;
    }

    /// <summary>Fetches, or waits for the fetch in progress, unless one has just completed or is unnecessary.</summary>
    /// <param name="needless">True if there is nothing to fetch.</param>
    /// <param name="fetch">Fetches, with its own timeout; its token is canceled when the service stops.</param>
    /// <param name="cancellationToken">Cancels only this caller's wait.</param>
    public Task FetchAsync(Func<bool> needless, Func<CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_fetch.IsCompleted)
            {
                if (IsRecent() || needless())
                {
                    return Task.CompletedTask;
                }

                // SuppressFlow: the fetch must not become part of the first caller's trace.
                using (ExecutionContext.SuppressFlow())
                {
                    _fetch = Task.Run(() => RunAsync(fetch), CancellationToken.None);
                }
            }

            return _fetch.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        _disposing.Cancel();
        _disposing.Dispose();
    }

    private bool IsRecent() => _lastEnd is { } end && _time.GetElapsedTime(end) < MinimumInterval;

    private async Task RunAsync(Func<CancellationToken, Task> fetch)
    {
        try
        {
            await fetch(_disposed);
        }
        finally
        {
            // Measured from the end: callers that waited for an unresponsive party must not wait again, one after the other.
            _lastEnd = _time.GetTimestamp();
        }
    }
}
