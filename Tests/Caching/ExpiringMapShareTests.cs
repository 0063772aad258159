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
    public void An_entry_expires_on_time_and_can_be_taken_once_before()
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
    public void A_full_share_refuses_new_entries_and_drops_no_valid_ones()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 60)));
        Assert.Equal(Addition.ShareFull, Add("d", 60));
        Assert.All(["a", "b", "c"], key => Assert.True(_refusing.TryGet(key, out _)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Entries_of_one_owner_never_block_or_evict_those_of_another(bool refuses)
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
    public void A_full_share_evicts_the_owners_least_recently_used_entry()
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
    public void Using_an_expired_entry_does_not_revive_it()
    {
        _dropping.Add("alice", "a", 0, After(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _dropping.Extend("a", After(60));
        _dropping.Move("a", "bob");
        Assert.False(_dropping.TryGet("a", out _));
    }

    [Fact]
    public void Moving_an_entry_frees_its_old_share_and_uses_the_new_one()
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
    public void An_entry_refused_by_a_full_share_keeps_its_owner()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 60)));
        _refusing.Add("bob", "x", 1, After(60));
        _refusing.Move("x", "alice");
        Assert.All(["a", "b", "c", "x"], key => Assert.True(_refusing.TryGet(key, out _)));
    }

    [Fact]
    public void Expired_entries_make_room()
    {
        Assert.All(["a", "b", "c"], key => Assert.Equal(Addition.Added, Add(key, 5)));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(Addition.Added, Add("d", 60));
        Assert.Equal(1, _refusing.Count);
    }

    [Fact]
    public void A_valid_entry_is_not_replaced_but_an_expired_one_is()
    {
        Assert.Equal(Addition.Added, _refusing.Add("alice", "a", 1, After(5)));
        Assert.Equal(Addition.KeyTaken, _refusing.Add("bob", "a", 2, After(60)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Addition.Added, _refusing.Add("bob", "a", 3, After(60)));
        Assert.True(_refusing.TryGet("a", out var value));
        Assert.Equal(3, value);
    }

    [Fact]
    public void Exactly_one_of_many_concurrent_additions_of_one_key_succeeds()
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
    public void Concurrent_additions_never_exceed_a_share()
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
