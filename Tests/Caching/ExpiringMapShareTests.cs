using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.Tests.Caching;

public sealed class ExpiringMapShareTests
{
    private readonly ManualTime _clock = ManualTime.Calendar();
    private readonly ExpiringMap<int> _refusing;
    private readonly ExpiringMap<int> _dropping;

    public ExpiringMapShareTests()
    {
        _refusing = new ExpiringMap<int>(new MapBounds { EntriesPerOwner = 3, WhenShareFull = FullShare.Refuses }, _clock);
        _dropping = new ExpiringMap<int>(new MapBounds { EntriesPerOwner = 3 }, _clock);
    }

    [Fact]
    public void An_entry_ends_at_its_time_and_can_be_taken_once_before()
    {
        Assert.Equal(Addition.Added, Add("a", 10));
        Assert.Equal(Addition.Added, Add("b", 10));
        Assert.True(_refusing.TryTake("a", out _));
        Assert.False(_refusing.TryTake("a", out _));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_refusing.TryGet("b", out _));
        Assert.False(_refusing.TryTake("b", out _));
    }

    [Fact]
    public void A_full_share_refuses_and_drops_nothing_that_is_valid()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 60)));
        Assert.Equal(Addition.ShareFull, Add("d", 60));
        Assert.All(["a", "b", "c"], key => Assert.True(_refusing.TryGet(key, out _)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_one_owner_adds_keeps_out_and_pushes_out_nothing_of_another(bool refuses)
    {
        var store = refuses ? _refusing : _dropping;
        Assert.Equal(Addition.Added, store.Add("alice", "before", 1, After(60)));
        for (var i = 0; i < 100; i++)
        {
            store.Add("mallory", $"flood {i}", 0, After(60));
        }
        Assert.Equal(Addition.Added, store.Add("alice", "after", 2, After(60)));
        Assert.All(["before", "after"], key => Assert.True(store.TryGet(key, out _)));
        Assert.Equal(5, store.Count);
    }

    [Fact]
    public void The_oldest_of_the_same_owner_makes_room_and_use_keeps_an_entry_young()
    {
        foreach (var key in (string[])["a", "b", "c"])
        {
            _dropping.Add("alice", key, 0, After(60));
        }
        _dropping.Extend("a", After(90));
        Assert.Equal(Addition.Added, _dropping.Add("alice", "d", 0, After(60)));
        Assert.False(_dropping.TryGet("b", out _));
        Assert.All(["a", "c", "d"], key => Assert.True(_dropping.TryGet(key, out _)));
    }

    [Fact]
    public void What_has_ended_is_not_brought_back_by_use()
    {
        _dropping.Add("alice", "a", 0, After(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _dropping.Extend("a", After(60));
        _dropping.Move("a", "bob");
        Assert.False(_dropping.TryGet("a", out _));
    }

    [Fact]
    public void An_entry_that_is_moved_makes_room_where_it_was_and_takes_it_where_it_goes()
    {
        foreach (var key in (string[])["a", "b", "c"])
        {
            _dropping.Add("started", key, 0, After(60));
        }
        foreach (var key in (string[])["x", "y", "z"])
        {
            _dropping.Add("polling", key, 0, After(60));
        }
        _dropping.Move("a", "polling");
        Assert.False(_dropping.TryGet("x", out _));
        _dropping.Add("started", "d", 0, After(60));
        Assert.All(["a", "b", "c", "d", "y", "z"], key => Assert.True(_dropping.TryGet(key, out _)));
    }

    [Fact]
    public void What_a_full_share_refuses_to_take_over_stays_where_it_was()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 60)));
        _refusing.Add("bob", "x", 1, After(60));
        _refusing.Move("x", "alice");
        Assert.All(["a", "b", "c", "x"], key => Assert.True(_refusing.TryGet(key, out _)));
    }

    [Fact]
    public void What_has_ended_makes_room()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 5)));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(Addition.Added, Add("d", 60));
        Assert.Equal(1, _refusing.Count);
    }

    [Fact]
    public void A_valid_entry_is_not_replaced_and_an_ended_one_is()
    {
        Assert.Equal(Addition.Added, _refusing.Add("alice", "a", 1, After(5)));
        Assert.Equal(Addition.KeyTaken, _refusing.Add("bob", "a", 2, After(60)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Addition.Added, _refusing.Add("bob", "a", 3, After(60)));
        Assert.True(_refusing.TryGet("a", out var value));
        Assert.Equal(3, value);
    }

    [Fact]
    public void Of_many_who_add_one_key_at_once_one_succeeds()
    {
        var added = 0;
        Parallel.For(0, 100, i =>
        {
            if (_refusing.Add("alice", "a", i, After(60)) == Addition.Added)
            {
                Interlocked.Increment(ref added);
            }
        });
        Assert.Equal(1, added);
    }

    [Fact]
    public void Many_at_once_leave_no_share_fuller_than_it_may_be()
    {
        Parallel.For(0, 10_000, i =>
        {
            _dropping.Add($"{i % 4}", $"{i}", i, After(60));
            _dropping.Extend($"{i - 3}", After(70));
            _dropping.TryTake($"{i - 1}", out _);
        });
        Assert.InRange(_dropping.Count, 0, 12);
    }

    private Addition Add(string key, int seconds) => _refusing.Add("alice", key, 0, After(seconds));

    private DateTimeOffset After(int seconds) => _clock.GetUtcNow().AddSeconds(seconds);
}
