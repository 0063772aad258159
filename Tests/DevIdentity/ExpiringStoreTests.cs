using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.Tests.DevIdentity;

public sealed class ExpiringStoreTests
{
    private readonly ManualClock _clock = new();
    private readonly ExpiringStore<int> _store;

    public ExpiringStoreTests() => _store = new ExpiringStore<int>(capacity: 3, _clock);

    [Fact]
    public void An_entry_ends_at_its_time_and_can_be_taken_once_before()
    {
        Assert.True(Add("a", 10));
        Assert.True(Add("b", 10));
        Assert.True(_store.TryTake("a", out _));
        Assert.False(_store.TryTake("a", out _));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_store.TryGet("b", out _));
        Assert.False(_store.TryTake("b", out _));
    }

    [Fact]
    public void A_full_store_refuses_and_drops_nothing_that_is_valid()
    {
        Assert.All(["a", "b", "c"], key => Assert.True(Add(key, 60)));
        Assert.False(Add("d", 60));
        Assert.All(["a", "b", "c"], key => Assert.True(_store.TryGet(key, out _)));
    }

    [Fact]
    public void What_has_ended_makes_room()
    {
        Assert.All(["a", "b", "c"], key => Assert.True(Add(key, 5)));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True(Add("d", 60));
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void A_valid_entry_is_not_replaced_and_an_ended_one_is()
    {
        Assert.True(_store.TryAdd("a", 1, After(5)));
        Assert.False(_store.TryAdd("a", 2, After(60)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_store.TryAdd("a", 3, After(60)));
        Assert.True(_store.TryGet("a", out var value));
        Assert.Equal(3, value);
    }

    [Fact]
    public void Of_many_who_add_one_key_at_once_one_succeeds()
    {
        var added = 0;
        Parallel.For(0, 100, i =>
        {
            if (_store.TryAdd("a", i, After(60))) { Interlocked.Increment(ref added); }
        });
        Assert.Equal(1, added);
    }

    private bool Add(string key, int seconds) => _store.TryAdd(key, 0, After(seconds));

    private DateTimeOffset After(int seconds) => _clock.GetUtcNow().AddSeconds(seconds);
}
