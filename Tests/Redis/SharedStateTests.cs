using System.Text;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Tests.Redis;

/// <summary>What goes to Redis and back, on a real server, with its access control list.</summary>
public sealed class SharedStateTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _key = RedisServer.NewKey();
    private readonly string _area = $"area-{Guid.NewGuid():n}";
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task An_entry_written_by_one_replica_is_readable_by_another_until_deleted()
    {
        await using var one = await ConnectAsync();
        await using var other = await ConnectAsync();

        Assert.True(await one.State.SetAsync(_area, "alice", "secret"u8.ToArray(), Minute));
        Assert.Equal("secret", await ReadAsync(other, "alice"));
        Assert.Equal(new SharedContent(true, null), await other.State.GetAsync(_area, "bob"));
        Assert.True(await other.State.DeleteAsync(_area, "alice"));
        Assert.Equal(new SharedContent(true, null), await one.State.GetAsync(_area, "alice"));
    }

    [Fact]
    public async Task Redis_contains_neither_ids_nor_contents_in_clear_text()
    {
        await using var replica = await ConnectAsync();
        await replica.State.SetAsync(_area, "alice-session", "secret-token"u8.ToArray(), Minute);
        await replica.State.AddAsync($"{_area}-set", "alice-session"u8.ToArray(), Minute);
        var all = await _redis.Talk.DumpAsync();

        Assert.Equal(2, all.Count);
        Assert.All(all, entry =>
        {
            Assert.StartsWith("tracedemo:user-service:", entry.Key, StringComparison.Ordinal);
            Assert.DoesNotContain("alice", entry.Key + entry.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", entry.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_entry_moved_to_another_key_is_a_miss_and_counted()
    {
        await using var replica = await ConnectAsync();
        using var rejected = new RejectedCount(_area);
        await replica.State.SetAsync(_area, "alice", "of alice"u8.ToArray(), Minute);
        await replica.State.SetAsync(_area, "bob", "of bob"u8.ToArray(), Minute);
        var keys = await _redis.Talk.ListAsync("KEYS", "*");
        var values = new[] { await _redis.Talk.TextAsync("GET", keys[0]), await _redis.Talk.TextAsync("GET", keys[1]) };
        await _redis.Talk.AskAsync("MSET", keys[0], values[1], keys[1], values[0]);

        Assert.Equal(new SharedContent(true, null), await replica.State.GetAsync(_area, "alice"));
        Assert.Equal(new SharedContent(true, null), await replica.State.GetAsync(_area, "bob"));
        Assert.Equal(2, rejected.Value);
    }

    [Fact]
    public async Task The_Redis_user_of_a_service_cannot_read_write_subscribe_or_publish_data_of_another()
    {
        await using var replica = await ConnectAsync();
        await replica.State.SetAsync(_area, "alice", "secret"u8.ToArray(), Minute);
        var key = Assert.Single(await _redis.Talk.ListAsync("KEYS", "*"));
        var other = _redis.TalkAs("agent-service");

        Assert.Equal("", await other.TextAsync("GETRANGE", "tracedemo:agent-service:x", "0", "1"));
        foreach (var words in new string[][]
        {
            ["GETRANGE", key, "0", "100"], ["GET", key], ["SET", key, "x"], ["DEL", key], ["ZADD", key, "1", "x"],
            ["ZRANGEBYSCORE", key, "-inf", "+inf"], ["RENAME", key, "x"],
            ["MEMORY", "USAGE", key], ["PUBLISH", $"tracedemo:user-service:{_area}", "x"], ["SUBSCRIBE", $"tracedemo:user-service:{_area}"],
            ["PSUBSCRIBE", "*"],
            ["KEYS", "*"], ["SCAN", "0"], ["FLUSHALL"], ["CONFIG", "GET", "*"], ["ACL", "LIST"], ["EVAL", "return 1", "0"],
            ["MONITOR"], ["DUMP", key],
        })
        {
            Assert.StartsWith("-NOPERM", await other.TextAsync(words), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Data_does_not_open_with_the_key_or_name_of_another_service()
    {
        using var rejected = new RejectedCount(_area);
        await using var replica = await ConnectAsync();
        await using var otherKey = await Replica.ConnectAsync(_redis, "user-service", RedisServer.NewKey());
        await using var otherName = await Replica.ConnectAsync(_redis, "agent-service", _key);
        await replica.State.AddAsync(_area, "secret"u8.ToArray(), Minute);
        var stolen = Assert.Single(await _redis.Talk.ListAsync("ZRANGE", $"tracedemo:user-service:{_area}", "0", "-1"));
        await _redis.Talk.AskAsync("ZADD", $"tracedemo:agent-service:{_area}", "99999999999999", stolen);

        Assert.Empty((await otherKey.State.ReadAllAsync(_area))!);
        Assert.Empty((await otherName.State.ReadAllAsync(_area))!);
        Assert.Equal(2, rejected.Value);
        Assert.Single((await replica.State.ReadAllAsync(_area))!);
    }

    [Fact]
    public async Task An_expired_entry_restored_in_Redis_is_a_miss()
    {
        var time = new ManualTime();
        await using var replica = await ConnectAsync(time);
        await replica.State.SetAsync(_area, "alice", "secret"u8.ToArray(), Minute);
        var key = Assert.Single(await _redis.Talk.ListAsync("KEYS", "*"));
        await _redis.Talk.AskAsync("PERSIST", key);
        Assert.Equal("secret", await ReadAsync(replica, "alice"));

        time.Advance(Minute);
        Assert.Null((await replica.State.GetAsync(_area, "alice")).Content);
    }

    [Fact]
    public async Task A_set_returns_unexpired_members_and_on_request_only_the_later_ones()
    {
        var time = new ManualTime();
        await using var replica = await ConnectAsync(time);
        await replica.State.AddAsync(_area, "first"u8.ToArray(), Minute);
        await replica.State.AddAsync(_area, "second"u8.ToArray(), 2 * Minute);

        Assert.Equal(["first", "second"], await MembersAsync(replica));
        Assert.Equal(["second"], await MembersAsync(replica, time.GetUtcNow() + Minute + TimeSpan.FromSeconds(1)));
        time.Advance(Minute);
        Assert.Equal(["second"], await MembersAsync(replica));
        await replica.State.AddAsync(_area, "third"u8.ToArray(), Minute);
        Assert.Equal("2", await _redis.Talk.TextAsync("ZCARD", $"tracedemo:user-service:{_area}"));
    }

    [Fact]
    public async Task Foreign_data_of_any_type_and_size_is_a_miss_and_counted()
    {
        await using var replica = await ConnectAsync();
        using var rejected = new RejectedCount(_area);
        await replica.State.SetAsync(_area, "alice", "secret"u8.ToArray(), Minute);
        var key = Assert.Single(await _redis.Talk.ListAsync("KEYS", "*"));
        foreach (var words in new string[][]
        {
            ["SET", key, "hello"], ["SET", key, new string('x', 4 * SharedState.LargestContent)], ["RPUSH", key, "x"],
            ["ZADD", key, "1", "x"], ["HSET", key, "x", "y"],
        })
        {
            await _redis.Talk.AskAsync("DEL", key);
            await _redis.Talk.AskAsync(words);
            Assert.Equal(new SharedContent(true, null), await replica.State.GetAsync(_area, "alice"));
        }

        Assert.Equal(5, rejected.Value);
        Assert.True(await replica.State.SetAsync(_area, "alice", "secret"u8.ToArray(), Minute));
        Assert.Equal("secret", await ReadAsync(replica, "alice"));
        Assert.Null(await replica.FaultAsync());
    }

    [Fact]
    public async Task A_set_replaced_by_foreign_data_starts_empty()
    {
        await using var replica = await ConnectAsync();
        using var rejected = new RejectedCount(_area);
        var key = $"tracedemo:user-service:{_area}";
        await _redis.Talk.AskAsync("RPUSH", key, "x");
        Assert.Empty((await replica.State.ReadAllAsync(_area))!);
        Assert.False(await replica.State.AddAsync(_area, "one"u8.ToArray(), Minute));
        Assert.True(await replica.State.AddAsync(_area, "one"u8.ToArray(), Minute));
        await _redis.Talk.AskAsync("ZADD", key, "99999999999999", "foreign");

        Assert.Equal(["one"], await MembersAsync(replica));
        await _redis.Talk.AskAsync("ZADD", key, "99999999999999", new string('x', 65 * 1024 * 1024));
        Assert.Empty((await replica.State.ReadAllAsync(_area))!);
        Assert.True(await replica.State.AddAsync(_area, "one"u8.ToArray(), Minute));
        Assert.Equal(["one"], await MembersAsync(replica));
        Assert.Equal(4, rejected.Value);
    }

    [Fact]
    public async Task Messages_reach_all_replicas_and_forged_ones_are_ignored()
    {
        using var rejected = new RejectedCount(_area);
        var heard = System.Threading.Channels.Channel.CreateUnbounded<string>();
        void Listen(SharedState state) => state.Subscribe(_area, content => heard.Writer.TryWrite(Encoding.UTF8.GetString(content)));
        await using var one = await Replica.ConnectAsync(_redis, "user-service", _key, before: Listen);
        await using var other = await Replica.ConnectAsync(_redis, "user-service", _key, before: Listen);
        await one.State.AddAsync(_area, "member"u8.ToArray(), Minute);
        var member = Assert.Single(await _redis.Talk.ListAsync("ZRANGE", $"tracedemo:user-service:{_area}", "0", "-1"));

        foreach (var forged in new[] { "", "hello", member, new string('x', 1024 * 1024) })
        {
            Assert.Equal("2", await _redis.Talk.TextAsync("PUBLISH", $"tracedemo:user-service:{_area}", forged));
        }

        await Replica.UntilAsync(() => Task.FromResult(rejected.Value == 8));
        Assert.True(await one.State.PublishAsync(_area, "good"u8.ToArray()));
        Assert.Equal("good", await heard.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("good", await heard.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(heard.Reader.TryRead(out _));
    }

    private Task<Replica> ConnectAsync(TimeProvider? time = null) => Replica.ConnectAsync(_redis, "user-service", _key, time);

    private async Task<string?> ReadAsync(Replica replica, string id) => (await replica.State.GetAsync(_area, id)).Content is { } content
        ? Encoding.UTF8.GetString(content) : null;

    private async Task<IEnumerable<string>> MembersAsync(Replica replica, DateTimeOffset from = default) =>
        (await replica.State.ReadAllAsync(_area, from))!.Select(member => Encoding.UTF8.GetString(member));
}
