using System.Collections.Concurrent;
using System.Diagnostics;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Where an exchange's answer came from; <c>Shared</c> is a call that somebody else had already begun.</summary>
internal sealed record CacheSource(string Name, ActivityContext Winner = default)
{
    public static readonly CacheSource Miss = new("miss");
    public static readonly CacheSource Hit = new("hit");
}

/// <summary>
/// Exchanged tokens, each until 30 seconds before its own <c>exp</c> and never past that of the token it was exchanged for. Concurrent
/// misses for one key make one call; a refusal is shared by those who waited for it, and then forgotten.
/// </summary>
internal sealed class ExchangeCache(TimeProvider time)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly ExpiringCache<ExchangeResult.Issued> _issued = new(Capacity, time);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    public async Task<(ExchangeResult Result, CacheSource Source)> GetAsync(
        ExchangeKey key, Func<CancellationToken, Task<ExchangeResult>> issue, CancellationToken cancellationToken)
    {
        if (_issued.TryGet(key.Value, out var cached)) { return (cached, CacheSource.Hit); }

        var mine = new Flight(Activity.Current?.Context ?? default);
        var flight = _flights.GetOrAdd(key.Value, mine);
        if (!ReferenceEquals(flight, mine))
        {
            return (await flight.Landing.WaitAsync(cancellationToken), new CacheSource("shared", flight.Winner));
        }

        _ = FlyAsync(key, mine, issue);
        return (await mine.Landing.WaitAsync(cancellationToken), CacheSource.Miss);
    }

    /// <summary>Not bound to the request that began it: others may wait for it, and its answer is kept.</summary>
    private async Task FlyAsync(ExchangeKey key, Flight flight, Func<CancellationToken, Task<ExchangeResult>> issue)
    {
        try
        {
            // Somebody may have landed between the look-up and the take-off.
            if (_issued.TryGet(key.Value, out var cached))
            {
                flight.Land(cached);
                return;
            }

            using var timeout = new CancellationTokenSource(LongestCall, time);
            var result = await issue(timeout.Token);
            if (result is ExchangeResult.Issued issued)
            {
                var soon = issued.Token.ExpiresAt - Margin;
                _issued.Set(key.Value, issued, soon < key.SubjectExpires ? soon : key.SubjectExpires);
            }

            flight.Land(result);
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
        private readonly TaskCompletionSource<ExchangeResult> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActivityContext Winner { get; } = winner;

        public Task<ExchangeResult> Landing => _landing.Task;

        public void Land(ExchangeResult result) => _landing.TrySetResult(result);

        public void Crash(Exception exception) => _landing.TrySetException(exception);
    }
}
