namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Lets keys be fetched again at most once a second, one fetch at a time: a rotation is noticed at once, and made-up key ids cost nothing.
/// A fetch is everybody's: a caller who leaves ends only their own waiting, so nobody can keep others from a key by hanging up.
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

    public RefetchGate(TimeProvider time) => (_time, _disposed) = (time, _disposing.Token);

    /// <summary>Fetches, or waits for the fetch that is under way, unless that was just done or is needless.</summary>
    /// <param name="needless">True when there is nothing to fetch any more.</param>
    /// <param name="fetch">Fetches, within a limit of its own; its token ends it with the service.</param>
    /// <param name="cancellationToken">Ends the waiting, and nothing else.</param>
    public Task FetchAsync(Func<bool> needless, Func<CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_fetch.IsCompleted)
            {
                if (IsRecent() || needless()) { return Task.CompletedTask; }

                // Nor is it part of the trace of whoever came first.
                using (ExecutionContext.SuppressFlow()) { _fetch = Task.Run(() => RunAsync(fetch), CancellationToken.None); }
            }

            return _fetch.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) { return; }

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
            // From the end: who waited while the other side stayed silent must not wait for it again, one after the other.
            _lastEnd = _time.GetTimestamp();
        }
    }
}
