using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Tests.Redis;

/// <summary>The provider tells one replica that a session has ended; all of them must refuse it.</summary>
public sealed class SharedRevocationTests : IAsyncLifetime
{
    private const string Set = RevocationReplicas.Set;

    private static readonly TestToken Logout = TestToken.Person with
    {
        Type = "logout+jwt",
        Audience = "tracedemo-cli",
        Events = "http://schemas.openid.net/event/backchannel-logout",
    };

    private RevocationReplicas _replicas = null!;

    public async ValueTask InitializeAsync() => _replicas = await RevocationReplicas.StartAsync();

    public ValueTask DisposeAsync() => _replicas?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_logout_at_one_replica_applies_at_another_and_ends_no_other_session()
    {
        await using var other = await _replicas.AddAsync();
        var (alice, bob) = (_replicas.Provider.Sign(TestToken.Person),
            _replicas.Provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Equal(200, await StatusAsync(other, alice));
        await LogoutAsync(_replicas.One);

        await RevocationReplicas.UntilRefusedAsync(other, alice);
        Assert.Equal(200, await StatusAsync(other, bob));
    }

    [Fact]
    public async Task A_replica_that_starts_later_knows_the_revocation()
    {
        await LogoutAsync(_replicas.One);
        await Replica.UntilAsync(async () => (await _replicas.Redis.Talk.DumpAsync()).ContainsKey(Set));
        await using var later = await _replicas.AddAsync();

        await RevocationReplicas.UntilRefusedAsync(later, _replicas.Provider.Sign(TestToken.Person));
    }

    [Fact]
    public async Task A_disconnected_replica_learns_the_revocation_when_it_reconnects()
    {
        await using var cable = new Cable(_replicas.Redis.Address);
        await using var other = await _replicas.AddAsync(cable.Address);
        cable.Cut();
        await LogoutAsync(_replicas.One);
        await Replica.UntilAsync(async () => (await _replicas.Redis.Talk.DumpAsync()).ContainsKey(Set));
        var alice = _replicas.Provider.Sign(TestToken.Person);
        Assert.Equal(200, await StatusAsync(other, alice));

        cable.Mend();
        await RevocationReplicas.UntilRefusedAsync(other, alice);
    }

    [Fact]
    public async Task A_revocation_made_while_disconnected_is_shared_after_reconnecting()
    {
        await using var cable = new Cable(_replicas.Redis.Address);
        await using var other = await _replicas.AddAsync(cable.Address);
        cable.Cut();
        await LogoutAsync(other);
        var alice = _replicas.Provider.Sign(TestToken.Person);
        Assert.Equal(401, await StatusAsync(other, alice));
        Assert.Equal(200, await StatusAsync(_replicas.One, alice));

        cable.Mend();
        await RevocationReplicas.UntilRefusedAsync(_replicas.One, alice);
    }

    [Fact]
    public async Task Data_loss_in_Redis_does_not_undo_revocations_at_running_replicas()
    {
        await LogoutAsync(_replicas.One);
        await using var other = await _replicas.AddAsync();
        var alice = _replicas.Provider.Sign(TestToken.Person);
        await RevocationReplicas.UntilRefusedAsync(other, alice);
        await _replicas.Redis.KillAsync();
        await _replicas.Redis.RestartAsync();
        foreach (var service in new[] { _replicas.One, other })
        {
            await Replica.UntilConnectedAsync(service.Services);
        }

        Assert.Equal(401, await StatusAsync(_replicas.One, alice));
        Assert.Equal(401, await StatusAsync(other, alice));
        await LogoutAsync(other, "bob-session");
        await RevocationReplicas.UntilRefusedAsync(
            _replicas.One, _replicas.Provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
    }

    [Fact]
    public async Task The_message_alone_or_the_set_alone_shares_a_revocation()
    {
        var state = (SharedState)_replicas.One.Services.GetService(typeof(SharedState))!;
        await using var other = await _replicas.AddAsync();
        Assert.True(await state.PublishAsync("revocations", Ended("sid:bob-session")));
        await RevocationReplicas.UntilRefusedAsync(other, _replicas.Provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Empty(await _replicas.Redis.Talk.DumpAsync());

        Assert.True(await state.AddAsync("revocations", Ended("sid:alice-session"), Revocations.LongestToken));
        await RevocationReplicas.UntilRefusedAsync(other, _replicas.Provider.Sign(TestToken.Person));
    }

    [Fact]
    public async Task A_forged_invalidation_ends_no_session_and_is_counted()
    {
        using var rejected = new RejectedCount("revocations");
        using var stranger = new Seal(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var expires = DateTimeOffset.MaxValue;
        var ended = Ended("sid:alice-session");
        foreach (var forged in new[] { ended, stranger.Close(Set, ended, expires), stranger.Close($"message {Set}", ended, expires) })
        {
            var text = System.Text.Encoding.Latin1.GetString(forged);
            Assert.Equal("1", await _replicas.Redis.Talk.TextAsync("PUBLISH", Set, text));
            await _replicas.Redis.Talk.AskAsync("ZADD", Set, "99999999999999", text);
        }

        // Three by message; and three more each time somebody reads the set.
        await Replica.UntilAsync(() => Task.FromResult(rejected.Value >= 6));
        await using var later = await _replicas.AddAsync();
        await Replica.UntilAsync(() => Task.FromResult(rejected.Value >= 9));
        Assert.Equal(200, await StatusAsync(_replicas.One, _replicas.Provider.Sign(TestToken.Person)));
        Assert.Equal(200, await StatusAsync(later, _replicas.Provider.Sign(TestToken.Person)));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_every_replica_but_other_tokens_of_its_session_are_not()
    {
        await using var other = await _replicas.AddAsync();
        var (one, next) = (_replicas.Provider.Sign(TestToken.Person),
            _replicas.Provider.Sign(TestToken.Person with { TokenId = "another" }));
        RevocationReplicas.Of(_replicas.One).Revoke(new ServiceDefaults.Identity.AccessToken(one), "alice-id");

        await RevocationReplicas.UntilRefusedAsync(other, one);
        Assert.Equal(200, await StatusAsync(other, next));
    }

    private static byte[] Ended(string name) => new Revocation(name, null, DateTimeOffset.UtcNow).ToBytes();

    private async Task LogoutAsync(TestService service, string session = "alice-session")
    {
        using var form = new FormUrlEncodedContent([new("logout_token", _replicas.Provider.Sign(Logout with { SessionId = session }))]);
        using var response = await service.Http.PostAsync(
            new Uri(service.Address, BackChannelLogout.Path), form, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static async Task<int> StatusAsync(TestService service, string token) => (await service.GetAsync("/me", token)).Status;
}
