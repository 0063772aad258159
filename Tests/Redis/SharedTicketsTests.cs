using System.Net;

namespace TraceDemo.Tests.Redis;

/// <summary>Who is signed in at one Dashboard is so at every one, and after a restart; whose session has ended is nowhere.</summary>
public sealed class SharedTicketsTests : IAsyncLifetime
{
    private readonly string _key = RedisServer.NewKey();
    private readonly ManualTime _clock = ManualTime.Calendar();
    private RedisServer _redis = null!;
    private DashboardHost _one = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await DashboardHost.StartAsync(_clock, builder => _redis.Configure(builder, "dashboard", _key, "00:00:02"));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_person_stays_signed_in_when_the_Dashboard_is_restarted()
    {
        using var alice = _one.Visit();
        await alice.SignInAsync("alice");

        await _one.RestartAsync(_clock, builder => _redis.Configure(builder, "dashboard", _key));

        Assert.Equal(0, _one.Tickets.Count);
        Assert.True(await IsSignedInAsync(alice));
        Assert.Equal("/signed-out", (await alice.SubmitAsync("/signout")).Address.AbsolutePath);
    }

    [Fact]
    public async Task Signing_in_at_one_replica_signs_in_at_the_other_including_its_forms()
    {
        await using var other = await ReplicaAsync();
        using var alice = _one.Visit();
        var home = await alice.SignInAsync("alice");
        using var there = alice.At(other.Address);

        Assert.True(await IsSignedInAsync(there));
        // The form came from one replica and is sent to the other.
        Assert.Equal(
            "/signed-out", (await there.PostAsync("/signout", ("__RequestVerificationToken", home.Antiforgery))).Address.AbsolutePath);
    }

    [Theory]
    [InlineData("signs out")]
    [InlineData("is signed out by the provider")]
    public async Task Signing_out_at_one_replica_applies_at_the_other_and_after_a_restart(string how)
    {
        await using var other = await ReplicaAsync();
        using var alice = _one.Visit();
        await alice.SignInAsync("alice");
        using var there = alice.At(other.Address);
        using var copy = alice.At(_one.Address);
        Assert.True(await IsSignedInAsync(there));

        if (how == "signs out")
        {
            await alice.SubmitAsync("/signout");
        }
        else
        {
            await alice.SignOutAtProviderAsync(_one.Identity.Authority);
        }

        await Replica.UntilAsync(async () => !await IsSignedInAsync(there));
        Assert.Equal(0, other.Tickets.Count);
        Assert.False(await IsSignedInAsync(copy));
        await _one.RestartAsync(_clock, builder => _redis.Configure(builder, "dashboard", _key));
        Assert.False(await IsSignedInAsync(copy));
    }

    [Fact]
    public async Task Two_replicas_renew_the_same_token_once()
    {
        await using var other = await ReplicaAsync();
        using var alice = _one.Visit();
        await alice.SignInAsync("alice");
        using var there = alice.At(other.Address);
        Assert.True(await IsSignedInAsync(there));
        _clock.Advance(TimeSpan.FromSeconds(280));

        // A second use of the refresh token would end the session, and then the renewal after next.
        var asked = Enumerable.Range(0, 10).SelectMany(_ => new[] { IsSignedInAsync(alice), IsSignedInAsync(there) });
        Assert.All(await Task.WhenAll(asked), Assert.True);
        for (var again = 0; again < 3; again++)
        {
            _clock.Advance(TimeSpan.FromSeconds(280));
            Assert.True(await IsSignedInAsync(again % 2 == 0 ? there : alice));
        }
    }

    [Fact]
    public async Task A_token_that_has_expired_is_renewed_by_one_replica_while_the_other_waits_for_it()
    {
        await using var other = await ReplicaAsync();
        using var alice = _one.Visit();
        await alice.SignInAsync("alice");
        using var there = alice.At(other.Address);
        Assert.True(await IsSignedInAsync(there));
        _clock.Advance(TimeSpan.FromSeconds(400));

        var asked = Enumerable.Range(0, 5).SelectMany(_ => new[] { IsSignedInAsync(alice), IsSignedInAsync(there) });
        Assert.All(await Task.WhenAll(asked), Assert.True);
    }

    [Fact]
    public async Task While_Redis_is_unavailable_requests_continue_and_changes_are_shared_after_recovery()
    {
        await using var other = await ReplicaAsync();
        using var alice = _one.Visit();
        using var bob = _one.Visit();
        using var carol = _one.Visit();
        await alice.SignInAsync("alice");
        await bob.SignInAsync("bob");
        using var there = alice.At(other.Address);
        Assert.True(await IsSignedInAsync(there));

        await _redis.FreezeAsync();
        Assert.True(await IsSignedInAsync(alice));
        Assert.Equal(HttpStatusCode.OK, (await carol.SignInAsync("carol")).Status);
        await alice.SubmitAsync("/signout");
        await _redis.ThawAsync();
        await _redis.KillAsync();
        Assert.True(await IsSignedInAsync(bob));
        Assert.True(await IsSignedInAsync(carol));

        await _redis.RestartAsync();
        await Replica.UntilAsync(async () => !await IsSignedInAsync(there));
        await Replica.UntilAsync(async () => await IsSignedInAsync(bob) && await IsSignedInAsync(bob.At(other.Address)));
        await Replica.UntilAsync(async () => await IsSignedInAsync(carol) && await IsSignedInAsync(carol.At(other.Address)));
    }

    [Fact]
    public async Task Redis_contains_neither_the_cookie_key_nor_tokens_nor_names()
    {
        using var alice = _one.Visit();
        await alice.SignInAsync("alice");
        await alice.SubmitAsync("/try", ("_handler", "try"), ("Form.Document", "DOC-005"));

        var all = await _redis.Talk.DumpAsync();
        Assert.Contains(all.Keys, key => key.StartsWith("tracedemo:dashboard:tickets:", StringComparison.Ordinal));
        var text = string.Join('\n', all.Select(entry => $"{entry.Key} {entry.Value}"));
        foreach (var secret in new[] { "alice", "eyJ", "access_token", ".key", "<key", _one.Gateway.Calls.Last().Token.Split('.')[2] })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_ticket_swapped_for_that_of_another_person_signs_no_one_in()
    {
        using var rejected = new RejectedCount("tickets");
        using var alice = _one.Visit();
        using var bob = _one.Visit();
        await alice.SignInAsync("alice");
        var of = Assert.Single(await TicketsAsync());
        await bob.SignInAsync("bob");
        var bobs = Assert.Single(await TicketsAsync(), entry => entry.Key != of.Key);
        await _redis.Talk.AskAsync("SET", of.Key, bobs.Value);

        await _one.RestartAsync(_clock, builder => _redis.Configure(builder, "dashboard", _key));

        Assert.False(await IsSignedInAsync(alice));
        Assert.True(await IsSignedInAsync(bob));
        Assert.True(rejected.Value > 0);
    }

    private async Task<IReadOnlyDictionary<string, string>> TicketsAsync() =>
        (await _redis.Talk.DumpAsync()).Where(entry => entry.Key.StartsWith("tracedemo:dashboard:tickets:", StringComparison.Ordinal))
            .ToDictionary();

    private Task<DashboardHost> ReplicaAsync() =>
        _one.StartReplicaAsync(_clock, builder => _redis.Configure(builder, "dashboard", _key, "00:00:02"));

    private static async Task<bool> IsSignedInAsync(Visitor person) =>
        (await person.SendAsync(new HttpRequestMessage(HttpMethod.Get, person.Home("/traces")))).Status == HttpStatusCode.OK;
}
