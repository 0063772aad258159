using System.Collections.Concurrent;
using System.Diagnostics;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// Exchanged tokens, each as long as <see cref="ExchangeKey.UsableUntil"/> allows. Concurrent misses for one key share one call, to Redis
/// and the provider alike; a failure is shared with the concurrent callers and not cached.
/// </summary>
internal sealed class ExchangeCache(TimeProvider time)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly ExpiringMap<ExchangeResult.Issued> _issued = new(new MapBounds { Entries = Capacity }, time);
    private readonly ConcurrentDictionary<string, PendingExchange> _pending = new(StringComparer.Ordinal);

    public async Task<(ExchangeResult Result, CacheSource Source)> GetAsync(
        ExchangeKey key, ExchangeRequest request, ExchangeTokenDelegate exchange, CancellationToken cancellationToken)
    {
        if (_issued.TryGet(key.Value, out var cached))
        {
            return (cached, CacheSource.Hit);
        }

        var own = new PendingExchange(Activity.Current?.Context ?? default);
        var pending = _pending.GetOrAdd(key.Value, own);
        if (!ReferenceEquals(pending, own))
        {
            return ((await pending.Task.WaitAsync(cancellationToken)).Result, CacheSource.Shared(pending.Activity));
        }

        _ = RunAsync(key, request, exchange, own);
        return await own.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Not bound to the request that started it: others may wait for it, and its result is cached.</summary>
    private async Task RunAsync(ExchangeKey key, ExchangeRequest request, ExchangeTokenDelegate exchange, PendingExchange pending)
    {
        try
        {
            // Another call may have completed between the look-up and this one.
            if (_issued.TryGet(key.Value, out var cached))
            {
                pending.SetResult((cached, CacheSource.Hit));
                return;
            }

            using var timeout = new CancellationTokenSource(CallTimeout, time);
            var outcome = await exchange(key, request, timeout.Token);
            if (outcome.Result is ExchangeResult.Issued issued)
            {
                _issued.Set(key.Value, issued, key.UsableUntil(issued.Token));
            }
            pending.SetResult(outcome);
        }
        catch (Exception exception)
        {
            pending.SetException(exception);
        }
        finally
        {
            _pending.TryRemove(new KeyValuePair<string, PendingExchange>(key.Value, pending));
        }
    }

    private sealed class PendingExchange(ActivityContext activity)
    {
        private readonly TaskCompletionSource<(ExchangeResult Result, CacheSource Source)> _completion =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActivityContext Activity { get; } = activity;

        public Task<(ExchangeResult Result, CacheSource Source)> Task => _completion.Task;

        public void SetResult((ExchangeResult Result, CacheSource Source) outcome) => _completion.TrySetResult(outcome);

        public void SetException(Exception exception) => _completion.TrySetException(exception);
    }
}
