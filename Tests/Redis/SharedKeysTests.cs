using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard.KeyRing;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Tests.Redis;

/// <summary>The keys of cookies and forms, in all replicas of the Dashboard.</summary>
public sealed class SharedKeysTests : IAsyncLifetime
{
    private readonly string _key = RedisServer.NewKey();
    private readonly List<WebApplication> _replicas = [];
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_that_start_concurrently_read_each_others_cookies_immediately()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));

        foreach (var from in replicas)
        {
            Assert.All(replicas, to => Assert.Equal("cookie", Unprotect(to, Protect(from))));
        }

        Assert.Single(replicas.SelectMany(Keys).Distinct());
    }

    [Fact]
    public async Task Only_one_replica_creates_the_first_key()
    {
        var (one, other) = (Shared(await StartAsync()), Shared(await StartAsync()));

        Assert.True(await one.ClaimFirstAsync());
        Assert.False(await other.ClaimFirstAsync());
        await one.ReleaseFirstAsync();
        Assert.True(await other.ClaimFirstAsync());

        static SharedKeys Shared(WebApplication replica) => replica.Services.GetRequiredService<SharedKeys>();
    }

    [Fact]
    public async Task A_replica_that_starts_later_reads_earlier_protected_data()
    {
        var cookie = Protect(await StartAsync());
        await _replicas[0].StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("cookie", Unprotect(await StartAsync(), cookie));
    }

    [Fact]
    public async Task A_new_key_and_a_revocation_reach_the_others()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        var now = DateTimeOffset.UtcNow;
        var added = one.Services.GetRequiredService<IKeyManager>().CreateNewKey(now.AddDays(-1), now.AddDays(180));

        await Replica.UntilAsync(() => Task.FromResult(Keys(other).Contains(added.KeyId)));
        // Used by whoever reads the ring again, which the change makes all do.
        await Replica.UntilAsync(() => Task.FromResult(Unprotect(other, Protect(one)) == "cookie"));

        var before = Protect(one);
        other.Services.GetRequiredService<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow.AddMinutes(1));
        // The framework goes on with the ring it has until it has read the next one.
        await Replica.UntilAsync(() => Task.FromResult(Unprotect(one, before) is null && Unprotect(other, before) is null));
        Assert.All([one, other],
            replica => Assert.All(replica.Services.GetRequiredService<IKeyManager>().GetAllKeys().Where(key => key.CreationDate < now),
                key => Assert.True(key.IsRevoked)));
    }

    [Fact]
    public async Task No_key_is_readable_in_Redis()
    {
        Protect(await StartAsync());

        var all = string.Join('\n', (await _redis.Talk.DumpAsync()).Values);
        Assert.NotEmpty(all);
        Assert.DoesNotContain("<key", all, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_lost_its_data_gets_the_keys_again()
    {
        var one = await StartAsync();
        await _redis.KillAsync();
        await _redis.RestartAsync();
        await Replica.UntilAsync(async () => (await _redis.Talk.DumpAsync()).ContainsKey("tracedemo:dashboard:protection-keys"));

        Assert.Equal("cookie", Unprotect(await StartAsync(), Protect(one)));
    }

    [Fact]
    public async Task Without_Redis_a_replica_starts_with_its_own_key_which_is_shared_later()
    {
        await _redis.KillAsync();
        var one = await StartAsync();
        var cookie = Protect(one);
        await _redis.RestartAsync();
        var other = await StartAsync();

        await Replica.UntilAsync(() => Task.FromResult(Unprotect(other, cookie) == "cookie"));
        Assert.Equal(Keys(one).Order(), Keys(other).Order());
    }

    [Theory]
    [InlineData("<key id=\"c0ffee00-0000-0000-0000-000000000000\" version=\"1\"/>")]
    [InlineData("of another service")]
    public async Task A_planted_key_is_ignored_and_counted(string content)
    {
        using var rejected = new RejectedCount("protection-keys");
        if (content == "of another service")
        {
            await StartAsync(RedisServer.NewKey());
            await _replicas[0].StopAsync(TestContext.Current.CancellationToken);
        }
        else
        {
            await _redis.Talk.AskAsync("ZADD", "tracedemo:dashboard:protection-keys", "9999999999999", content);
        }

        var one = await StartAsync();

        Assert.Single(Keys(one));
        Assert.Equal("cookie", Unprotect(one, Protect(one)));
        Assert.True(rejected.Value > 0);
    }

    private static IEnumerable<Guid> Keys(WebApplication replica) =>
        replica.Services.GetRequiredService<IKeyManager>().GetAllKeys().Select(key => key.KeyId);

    private static string Protect(WebApplication replica) => Protector(replica).Protect("cookie");

    private static string? Unprotect(WebApplication replica, string cookie)
    {
        try
        {
            return Protector(replica).Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(WebApplication replica) =>
        replica.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private async Task<WebApplication> StartAsync(string? key = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHealthChecks();
        Replica.Configure(_redis, builder, "dashboard", key ?? _key);
        builder.AddRedis();
        builder.AddKeyRing();
        var replica = builder.Build();
        lock (_replicas)
        {
            _replicas.Add(replica);
        }

        await replica.StartAsync(TestContext.Current.CancellationToken);
        return replica;
    }
}
