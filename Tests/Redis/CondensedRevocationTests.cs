using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.Tests.Provider;

namespace TraceDemo.Tests.Redis;

/// <summary>More revocations than Redis, or the way to it, has room for: replicas then refuse by time, and forget none.</summary>
public sealed class CondensedRevocationTests : IAsyncLifetime
{
    private const string Set = "tracedemo:gateway:revocations";
    private const string Fill = "for i = 1, 50000 do redis.call('ZADD', KEYS[1], ARGV[1] + i / 5000, 'member ' .. i) end return 1";

    // Issued so late that no moment of this test concerns it.
    private static readonly TestToken Carol = TestToken.Person with { SessionId = "carol-session", Age = -TimeSpan.FromMinutes(10) };

    private readonly string _key = RedisServer.NewKey();
    private RedisServer _redis = null!;
    private TestProvider _provider = null!;
    private TestService _one = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _provider = await TestProvider.StartAsync();
        _one = await StartAsync(_redis.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is null) { return; }
        await _one.DisposeAsync();
        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task What_a_full_set_had_no_room_for_is_refused_by_time_at_a_replica_that_starts_later()
    {
        var alice = _provider.Sign(TestToken.Person);
        Of(_one).EndSession("alice-session");
        await Replica.UntilAsync(async () => await SizeAsync() == 1);
        var score = (await _redis.Talk.ListAsync("ZRANGE", Set, "0", "-1", "WITHSCORES"))[1];
        await _redis.Talk.AskAsync("EVAL", Fill, "1", Set, score);
        Of(_one).EndSession("bob-session");

        await Replica.UntilAsync(async () => await SizeAsync() is > 37_000 and < 38_000);
        Assert.DoesNotContain(score, await _redis.Talk.ListAsync("ZRANGE", Set, "0", "0", "WITHSCORES"));
        await using var later = await StartAsync(_redis.Address);
        await UntilRefusedAsync(later, alice);
        await UntilRefusedAsync(later, _provider.Sign(TestToken.Person with { SessionId = "bob-session", Age = Carol.Age }));
        Assert.Equal(200, (await later.GetAsync("/me", _provider.Sign(Carol))).Status);
        Assert.NotNull(Of(later).RefusedUntil);
    }

    [Fact]
    public async Task What_could_not_be_sent_for_long_is_refused_by_time_at_the_others()
    {
        await using var cable = new Cable(_redis.Address);
        await using var other = await StartAsync(cable.Address);
        cable.Cut();
        var alice = _provider.Sign(TestToken.Person);
        Of(other).EndSession("alice-session");
        for (var number = 0; number < Revocations.Capacity + 10; number++) { Of(other).EndSession($"session {number}"); }

        Assert.Equal(200, (await _one.GetAsync("/me", alice)).Status);
        cable.Mend();
        await UntilRefusedAsync(_one, alice);
        Assert.NotNull(Of(_one).RefusedUntil);
        Assert.Equal(200, (await _one.GetAsync("/me", _provider.Sign(Carol))).Status);
    }

    private static Revocations Of(TestService service) => service.Services.GetRequiredService<Revocations>();

    private async Task<int> SizeAsync() => int.Parse(await _redis.Talk.TextAsync("ZCARD", Set), CultureInfo.InvariantCulture);

    private async Task<TestService> StartAsync(string address)
    {
        var service = await TestService.StartAsync(
            _provider, "gateway", app => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli")), before: builder =>
            {
                _redis.Configure(builder, "gateway", _key);
                builder.Configuration["ConnectionStrings:redis"] = _redis.ConnectionOf("gateway").Replace(_redis.Address, address, StringComparison.Ordinal);
            });
        await Replica.UntilConnectedAsync(service.Services);
        return service;
    }

    private static async Task UntilRefusedAsync(TestService service, string token)
    {
        await Replica.UntilAsync(async () => (await service.GetAsync("/me", token)).Status != 200);
        Assert.Equal("token_revoked", (await service.GetAsync("/me", token)).Body.GetProperty("reason").GetString());
    }
}
