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
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly ExpiringMap<ExchangeResult.Issued> _issued = new(new MapBounds { Entries = Capacity }, time);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    public async Task<(ExchangeResult Result, CacheSource Source)> GetAsync(
        ExchangeKey key, ExchangeRequest request, Issue issue, CancellationToken cancellationToken)
    {
        if (_issued.TryGet(key.Value, out var cached))
        {
            return (cached, CacheSource.Hit);
        }

        var mine = new Flight(Activity.Current?.Context ?? default);
        var flight = _flights.GetOrAdd(key.Value, mine);
        if (!ReferenceEquals(flight, mine))
        {
            return ((await flight.Landing.WaitAsync(cancellationToken)).Result, new CacheSource("shared", flight.Winner));
        }

        _ = FlyAsync(key, request, issue, mine);
        return await mine.Landing.WaitAsync(cancellationToken);
    }

    /// <summary>Not bound to the request that started it: others may wait for it, and its result is cached.</summary>
    private async Task FlyAsync(ExchangeKey key, ExchangeRequest request, Issue issue, Flight flight)
    {
        try
        {
            // Another call may have completed between the look-up and this one.
            if (_issued.TryGet(key.Value, out var cached))
            {
                flight.Land((cached, CacheSource.Hit));
                return;
            }

            using var timeout = new CancellationTokenSource(LongestCall, time);
            var answer = await issue(key, request, timeout.Token);
            if (answer.Result is ExchangeResult.Issued issued)
            {
                _issued.Set(key.Value, issued, key.UsableUntil(issued.Token));
            }
            flight.Land(answer);
        }
        catch (Exception exception)
        {
            flight.Crash(exception);
        }
        finally
        {
            _flights.TryRemove(new KeyValuePair<string, Flight>(key.Value, flight));
        }
    }

    private sealed class Flight(ActivityContext winner)
    {
        private readonly TaskCompletionSource<(ExchangeResult Result, CacheSource Source)> _landing =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActivityContext Winner { get; } = winner;

        public Task<(ExchangeResult Result, CacheSource Source)> Landing => _landing.Task;

        public void Land((ExchangeResult Result, CacheSource Source) answer) => _landing.TrySetResult(answer);

        public void Crash(Exception exception) => _landing.TrySetException(exception);
    }
}
