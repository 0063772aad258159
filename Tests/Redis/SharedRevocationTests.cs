using Microsoft.AspNetCore.Builder;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.Tests.Provider;

namespace TraceDemo.Tests.Redis;

/// <summary>The provider tells one replica that a session has ended; all of them must refuse it.</summary>
public sealed class SharedRevocationTests : IAsyncLifetime
{
    private const string Set = "tracedemo:gateway:revocations";

    private static readonly TestToken Logout = TestToken.Person with
    {
        Type = "logout+jwt",
        Audience = "tracedemo-cli",
        Events = "http://schemas.openid.net/event/backchannel-logout",
    };

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
    public async Task A_logout_at_one_replica_counts_at_another_and_ends_nobody_elses_session()
    {
        await using var other = await StartAsync(_redis.Address);
        var (alice, bob) = (_provider.Sign(TestToken.Person), _provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Equal(200, await StatusAsync(other, alice));
        await LogoutAsync(_one);

        await UntilRefusedAsync(other, alice);
        Assert.Equal(200, await StatusAsync(other, bob));
    }

    [Fact]
    public async Task A_replica_that_starts_later_knows_it_too()
    {
        await LogoutAsync(_one);
        await Replica.UntilAsync(async () => (await _redis.Talk.DumpAsync()).ContainsKey(Set));
        await using var later = await StartAsync(_redis.Address);

        await UntilRefusedAsync(later, _provider.Sign(TestToken.Person));
    }

    [Fact]
    public async Task A_replica_that_was_cut_off_learns_it_when_it_is_back()
    {
        await using var cable = new Cable(_redis.Address);
        await using var other = await StartAsync(cable.Address);
        cable.Cut();
        await LogoutAsync(_one);
        await Replica.UntilAsync(async () => (await _redis.Talk.DumpAsync()).ContainsKey(Set));
        var alice = _provider.Sign(TestToken.Person);
        Assert.Equal(200, await StatusAsync(other, alice));

        cable.Mend();
        await UntilRefusedAsync(other, alice);
    }

    [Fact]
    public async Task What_a_replica_learned_while_cut_off_the_others_learn_when_it_is_back()
    {
        await using var cable = new Cable(_redis.Address);
        await using var other = await StartAsync(cable.Address);
        cable.Cut();
        await LogoutAsync(other);
        var alice = _provider.Sign(TestToken.Person);
        Assert.Equal(401, await StatusAsync(other, alice));
        Assert.Equal(200, await StatusAsync(_one, alice));

        cable.Mend();
        await UntilRefusedAsync(_one, alice);
    }

    [Fact]
    public async Task A_Redis_that_lost_everything_takes_nothing_back_from_those_who_know()
    {
        await LogoutAsync(_one);
        await using var other = await StartAsync(_redis.Address);
        var alice = _provider.Sign(TestToken.Person);
        await UntilRefusedAsync(other, alice);
        await _redis.KillAsync();
        await _redis.RestartAsync();
        await UntilSignedInAsync(_one, other);

        Assert.Equal(401, await StatusAsync(_one, alice));
        Assert.Equal(401, await StatusAsync(other, alice));
        await LogoutAsync(other, "bob-session");
        await UntilRefusedAsync(_one, _provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
    }

    [Fact]
    public async Task A_message_alone_is_enough_and_so_is_the_set()
    {
        var state = (SharedState)_one.Services.GetService(typeof(SharedState))!;
        await using var other = await StartAsync(_redis.Address);
        Assert.True(await state.PublishAsync("revocations", "sid:bob-session"u8.ToArray()));
        await UntilRefusedAsync(other, _provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Empty(await _redis.Talk.DumpAsync());

        Assert.True(await state.AddAsync("revocations", "sid:alice-session"u8.ToArray(), ServiceDefaults.Authentication.Revocations.LongestToken));
        await UntilRefusedAsync(other, _provider.Sign(TestToken.Person));
    }

    [Fact]
    public async Task A_forged_invalidation_ends_no_session_and_is_counted()
    {
        using var rejected = new RejectedCount("revocations");
        using var stranger = new Seal(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var expires = DateTimeOffset.MaxValue;
        foreach (var forged in new[] { "sid:alice-session"u8.ToArray(), stranger.Close(Set, "sid:alice-session"u8, expires), stranger.Close($"message {Set}", "sid:alice-session"u8, expires) })
        {
            var text = System.Text.Encoding.Latin1.GetString(forged);
            Assert.Equal("1", await _redis.Talk.TextAsync("PUBLISH", Set, text));
            await _redis.Talk.AskAsync("ZADD", Set, "99999999999999", text);
        }

        // Three by message; and three more each time somebody reads the set.
        await Replica.UntilAsync(() => Task.FromResult(rejected.Value >= 6));
        await using var later = await StartAsync(_redis.Address);
        await Replica.UntilAsync(() => Task.FromResult(rejected.Value >= 9));
        Assert.Equal(200, await StatusAsync(_one, _provider.Sign(TestToken.Person)));
        Assert.Equal(200, await StatusAsync(later, _provider.Sign(TestToken.Person)));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_every_replica_and_its_sessions_other_tokens_are_not()
    {
        await using var other = await StartAsync(_redis.Address);
        var (one, next) = (_provider.Sign(TestToken.Person), _provider.Sign(TestToken.Person with { TokenId = "another" }));
        Revocations(_one).Revoke(new ServiceDefaults.Vocabulary.AccessToken(one));

        await UntilRefusedAsync(other, one);
        Assert.Equal(200, await StatusAsync(other, next));
    }

    private static Revocations Revocations(TestService service) =>
        (Revocations)service.Services.GetService(typeof(Revocations))!;

    private async Task<TestService> StartAsync(string address)
    {
        var service = await TestService.StartAsync(_provider, "gateway", app =>
        {
            app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli"));
            app.MapBackChannelLogout("tracedemo-cli");
        }, before: builder =>
        {
            _redis.Configure(builder, "gateway", _key);
            builder.Configuration["ConnectionStrings:redis"] = _redis.ConnectionOf("gateway").Replace(_redis.Address, address, StringComparison.Ordinal);
        });
        await UntilSignedInAsync(service);
        return service;
    }

    private static async Task UntilSignedInAsync(params TestService[] services)
    {
        foreach (var service in services) { await Replica.UntilConnectedAsync(service.Services); }
    }

    private async Task LogoutAsync(TestService service, string session = "alice-session")
    {
        using var form = new FormUrlEncodedContent([new("logout_token", _provider.Sign(Logout with { SessionId = session }))]);
        using var response = await service.Http.PostAsync(new Uri(service.Address, BackChannelLogout.Path), form, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static async Task<int> StatusAsync(TestService service, string token) => (await service.GetAsync("/me", token)).Status;

    private static async Task UntilRefusedAsync(TestService service, string token)
    {
        await Replica.UntilAsync(async () => await StatusAsync(service, token) != 200);
        Assert.Equal("token_revoked", (await service.GetAsync("/me", token)).Body.GetProperty("reason").GetString());
    }
}
