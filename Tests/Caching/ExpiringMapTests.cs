using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.Tests.Caching;

public sealed class ExpiringMapTests
{
    private const int Capacity = 64;

    private readonly ManualTime _time = new();
    private readonly ExpiringMap<string> _cache;

    public ExpiringMapTests() => _cache = new ExpiringMap<string>(new MapBounds { Entries = Capacity }, _time);

    [Fact]
    public async Task A_full_cache_accepts_concurrent_entries()
    {
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                for (var number = 0; number < 20_000; number++)
                {
                    Set($"{writer}/{number}", seconds: 1 + (number % 60));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Set("last", seconds: 100);
        Assert.True(_cache.TryGet("last", out _));
    }

    [Fact]
    public void A_full_cache_evicts_the_entry_that_expires_first()
    {
        for (var number = 0; number < Capacity + 10; number++)
        {
            Set($"{number}", seconds: number + 1);
        }

        Assert.Equal(Enumerable.Range(10, Capacity), Enumerable.Range(0, Capacity + 10).Where(Has));
    }

    [Fact]
    public void An_entry_expires_on_time_but_its_later_replacement_does_not()
    {
        Set("1", seconds: 1);
        Set("2", seconds: 1);
        Set("2", seconds: 5);
        _time.Advance(TimeSpan.FromSeconds(1));
        Set("3", seconds: 1);

        Assert.Equal((false, true, true), (Has(1), Has(2), Has(3)));
        Set("4", seconds: 0);
        Assert.False(Has(4));
    }

    [Fact]
    public void Repeatedly_replacing_an_entry_evicts_nothing()
    {
        Set("1", seconds: 10);
        for (var number = 0; number < 10 * Capacity; number++)
        {
            Set("2", seconds: 20 + number);
        }

        Assert.Equal((true, true), (Has(1), Has(2)));
        _cache.Clear();
        Assert.Equal((false, false), (Has(1), Has(2)));
    }

    [Fact]
    public void The_entry_that_expires_first_is_evicted_even_if_it_is_the_new_one()
    {
        for (var number = 0; number < Capacity; number++)
        {
            Set($"{number}", seconds: 100);
        }
        Set("new", seconds: 1);

        Assert.False(_cache.TryGet("new", out _));
        Assert.Equal(Capacity, _cache.Count);
    }

    [Fact]
    public void Every_way_of_removing_an_entry_releases_its_weight()
    {
        _cache.Set("alice", "replaced", "a", _time.GetUtcNow() + TimeSpan.FromSeconds(9), 5);
        _cache.Set("bob", "replaced", "b", _time.GetUtcNow() + TimeSpan.FromSeconds(9), 7);
        _cache.Set("alice", "taken", "a", _time.GetUtcNow() + TimeSpan.FromSeconds(9), 5);
        _cache.Set("alice", "expired", "a", _time.GetUtcNow() + TimeSpan.FromSeconds(1), 5);
        Assert.Equal((3, 17), (_cache.Count, _cache.Weight));
        Assert.True(_cache.TryTake("taken", out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Set("another", seconds: 9);

        Assert.Equal((2, 7), (_cache.Count, _cache.Weight));
        _cache.RemoveWhere("bob", (_, _) => true);
        Assert.Equal((1, 0), (_cache.Count, _cache.Weight));
        _cache.Clear();
        Assert.Equal((0, 0), (_cache.Count, _cache.Weight));
    }

    private void Set(string key, int seconds) => _cache.Set(key, key, _time.GetUtcNow() + TimeSpan.FromSeconds(seconds));

    private bool Has(int key) => _cache.TryGet($"{key}", out _);
}
