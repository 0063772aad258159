using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Tests.Redis;

/// <summary>Redis is slow, frozen, gone, full or somebody else's: the service says so once a minute and goes on.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly string _key = RedisServer.NewKey();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_late_event_of_the_first_connection_is_not_an_outage_but_one_of_a_later_connection_is()
    {
        await using var replica = await StartAsync();
        await replica.Connected;

        replica.Connection.Restored();
        Assert.True(replica.Connection.IsUp);

        replica.Connection.Lost();
        await Replica.UntilAsync(() => Task.FromResult(replica.Connection.IsUp));
        replica.Connection.Restored();
        Assert.False(replica.Connection.IsUp);
    }

    [Fact]
    public async Task A_service_starts_without_its_Redis_and_connects_when_it_is_available()
    {
        await _redis.KillAsync();
        await using var replica = await StartAsync();
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));

        Assert.Equal("does not answer", await replica.FaultAsync());
        Assert.Equal(HealthStatus.Degraded, (await replica.HealthAsync()).Status);
        Assert.Equal(new SharedContent(false, null), await replica.State.GetAsync("area", "id"));
        await _redis.RestartAsync();
        await replica.Connected;
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.back") == 1));
        Assert.Equal(HealthStatus.Healthy, (await replica.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_frozen_Redis_blocks_neither_startup_nor_shutdown()
    {
        await _redis.FreezeAsync();
        await using (var replica = await StartAsync())
        {
            await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));
            Assert.False(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        }

        await _redis.ThawAsync();
        await using var later = await StartAsync();
        await later.Connected;
    }

    [Fact]
    public async Task An_outage_logs_one_warning_a_minute_and_one_line_at_recovery()
    {
        await using var replica = await StartAsync();
        await replica.Connected;
        await _redis.KillAsync();
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));
        for (var call = 0; call < 1000; call++)
        {
            Assert.False(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        }
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, replica.Count("redis.away"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 2));

        await _redis.RestartAsync();
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.back") == 1));
        Assert.Equal(2, replica.Count("redis.away"));
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        Assert.Null(await replica.FaultAsync());
    }

    [Fact]
    public async Task A_thousand_callers_of_a_frozen_Redis_leave_no_queue_behind()
    {
        var back = 0;
        await using var replica = await StartAsync("00:00:00.200", state => state.OnConnected(() => Interlocked.Increment(ref back)));
        await replica.Connected;
        await _redis.FreezeAsync();
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(id => replica.State.GetAsync("area", $"{id}")));
            Assert.All(answers, answer => Assert.False(answer.Answered));
        }

        Assert.NotNull(await replica.FaultAsync());
        await _redis.ThawAsync();
        await Replica.UntilAsync(() => Task.FromResult(back > 1));
        Assert.InRange(await _redis.CallsAsync("getrange"), 0, 256);
        await Replica.UntilAsync(async () => (await replica.State.GetAsync("area", "id")).Answered);
    }

    [Fact]
    public async Task A_dead_connection_is_replaced_and_the_slots_of_its_callers_are_released()
    {
        await using var cable = new Cable(_redis.Address);
        await using var replica = await Replica.StartAsync(builder =>
        {
            Replica.Configure(_redis, builder, "user-service", _key, "00:00:01");
            builder.Configuration["ConnectionStrings:redis"] = _redis.ConnectionOf("user-service")
                .Replace(_redis.Address, cable.Address, StringComparison.Ordinal);
        }, _time);
        await replica.Connected;
        cable.Hang();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(id => replica.State.GetAsync("area", $"{id}")));
        cable.Mend();

        await Replica.UntilAsync(async () => await replica.FaultAsync() is null && (await replica.State.GetAsync("area", "id")).Answered);
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
    }

    [Fact]
    public async Task A_full_Redis_is_reported_remains_readable_and_is_written_again_after_space_is_free()
    {
        await using var replica = await StartAsync();
        await replica.Connected;
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        await _redis.Talk.AskAsync("CONFIG", "SET", "maxmemory", "1");

        Assert.False(await replica.State.SetAsync("area", "other", "x"u8.ToArray(), Minute));
        Assert.Equal("refuses: OOM", await replica.FaultAsync());
        Assert.NotNull((await replica.State.GetAsync("area", "id")).Content);
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));
        await _redis.Talk.AskAsync("CONFIG", "SET", "maxmemory", "0");
        await Replica.UntilAsync(async () => await replica.FaultAsync() is null);
        Assert.True(await replica.State.SetAsync("area", "other", "x"u8.ToArray(), Minute));
    }

    [Fact]
    public async Task A_Redis_full_of_foreign_data_has_no_effect()
    {
        for (var entry = 0; entry < 50; entry++)
        {
            await _redis.Talk.AskAsync(
                [.. Enumerable.Range(0, 100).SelectMany(i => new[] { $"tracedemo:user-service:area:{entry}-{i}", $"foreign {i}" })
                    .Prepend("MSET")]);
        }

        await using var replica = await StartAsync();
        await replica.Connected;
        Assert.Equal(new SharedContent(true, null), await replica.State.GetAsync("area", "id"));
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        Assert.NotNull((await replica.State.GetAsync("area", "id")).Content);
    }

    [Fact]
    public async Task A_wrong_password_is_reported_without_its_value()
    {
        await using var replica = await Replica.StartAsync(builder =>
        {
            Replica.Configure(_redis, builder, "user-service", _key);
            builder.Configuration["ConnectionStrings:redis"] = $"{_redis.Address},user=user-service,password=not-the-password";
        }, _time);
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));

        Assert.NotNull(await replica.FaultAsync());
        Assert.False(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
        Assert.DoesNotContain(replica.Logs.Lines, line => line.Contains("not-the-password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_set_in_Redis_later_is_used_from_then_on()
    {
        await using var replica = await Replica.StartAsync(builder =>
        {
            Replica.Configure(_redis, builder, "user-service", _key);
            builder.Configuration["ConnectionStrings:redis"] = $"{_redis.Address},user=user-service,password=a-new-password";
        }, _time);
        await Replica.UntilAsync(() => Task.FromResult(replica.Count("redis.away") == 1));

        await _redis.Talk.AskAsync("ACL", "SETUSER", "user-service", ">a-new-password");

        await Replica.UntilAsync(async () => await replica.FaultAsync() is null);
        Assert.True(await replica.State.SetAsync("area", "id", "x"u8.ToArray(), Minute));
    }

    [Fact]
    public async Task An_abandoned_write_is_not_executed_after_Redis_recovers()
    {
        await using var replica = await StartAsync();
        await replica.Connected;
        await _redis.KillAsync();
        Assert.False(await replica.State.SetAsync("area", "given up", "x"u8.ToArray(), Minute));

        await _redis.RestartAsync();
        await Replica.UntilAsync(async () => await replica.FaultAsync() is null);

        Assert.True(await replica.State.SetAsync("area", "later", "y"u8.ToArray(), Minute));
        Assert.Single(await _redis.Talk.DumpAsync());
    }

    [Fact]
    public async Task Forged_data_is_logged_once_a_minute()
    {
        await using var replica = await StartAsync();
        await replica.Connected;
        await _redis.Talk.AskAsync("ZADD", "tracedemo:user-service:area", "99999999999999", "forged");
        for (var reading = 0; reading < 10; reading++)
        {
            Assert.Empty((await replica.State.ReadAllAsync("area"))!);
        }
        Assert.Equal(1, replica.Count("redis.rejected"));
        _time.Advance(Minute);
        Assert.Empty((await replica.State.ReadAllAsync("area"))!);

        Assert.Equal(2, replica.Count("redis.rejected"));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_stored_in_Redis_and_a_warning_is_logged()
    {
        await using var replica = await Replica.StartAsync(builder => Replica.Configure(_redis, builder, "user-service", key: null), _time);

        Assert.False(replica.HasState);
        Assert.Equal(1, replica.Count("redis.without_key"));
        Assert.DoesNotContain("redis", (await replica.HealthAsync()).Entries.Keys);
        Assert.Empty(await _redis.Talk.DumpAsync());
        Assert.DoesNotContain("user=user-service", await _redis.Talk.TextAsync("CLIENT", "LIST"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis__Key", "Redis:Key", "dG9vIHNob3J0")]
    [InlineData("Redis__Patience", "Redis:Patience", "00:00:00")]
    [InlineData("ConnectionStrings__redis", "ConnectionStrings:redis", "localhost:6379,user=a,password=hidden,nonsense=1")]
    [InlineData("Identity__ClientId", "Identity:ClientId", "User Service")]
    public async Task An_invalid_setting_prevents_startup_and_is_named_without_its_value(string named, string setting, string value)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Replica.StartAsync(builder =>
        {
            Replica.Configure(_redis, builder, "user-service", _key);
            builder.Configuration[setting] = value;
        }));

        Assert.StartsWith(named, Assert.Single(fault.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault.Message, StringComparison.Ordinal);
    }

    private Task<Replica> StartAsync(string patience = "00:00:10", Action<SharedState>? before = null) =>
        Replica.StartAsync(builder => Replica.Configure(_redis, builder, "user-service", _key, patience), _time, before);
}
