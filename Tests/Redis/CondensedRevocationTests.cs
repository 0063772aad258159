using System.Globalization;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Redis;

/// <summary>More revocations than Redis, or the way to it, has room for: replicas then refuse by time, and forget none.</summary>
public sealed class CondensedRevocationTests : IAsyncLifetime
{
    private const string Set = RevocationReplicas.Set;
    private const string Fill = "for i = 1, 50000 do redis.call('ZADD', KEYS[1], ARGV[1] + i / 5000, 'member ' .. i) end return 1";

    // Issued so late that no moment of this test concerns it.
    private static readonly TestToken Carol = TestToken.Person with { SessionId = "carol-session", Age = -TimeSpan.FromMinutes(10) };

    private RevocationReplicas _replicas = null!;

    public async ValueTask InitializeAsync() => _replicas = await RevocationReplicas.StartAsync();

    public ValueTask DisposeAsync() => _replicas?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Sign_outs_that_did_not_fit_a_full_set_are_refused_by_a_time_cutoff_at_a_later_replica()
    {
        var alice = _replicas.Provider.Sign(TestToken.Person);
        RevocationReplicas.Of(_replicas.One).EndSession("alice-session", subject: null);
        await Replica.UntilAsync(async () => await SizeAsync() == 1);
        var score = (await _replicas.Redis.Talk.ListAsync("ZRANGE", Set, "0", "-1", "WITHSCORES"))[1];
        await _replicas.Redis.Talk.AskAsync("EVAL", Fill, "1", Set, score);
        RevocationReplicas.Of(_replicas.One).EndSession("bob-session", subject: null);

        await Replica.UntilAsync(async () => await SizeAsync() is > 37_000 and < 38_000);
        Assert.DoesNotContain(score, await _replicas.Redis.Talk.ListAsync("ZRANGE", Set, "0", "0", "WITHSCORES"));
        await using var later = await _replicas.AddAsync();
        await RevocationReplicas.UntilRefusedAsync(later, alice);
        await RevocationReplicas.UntilRefusedAsync(
            later, _replicas.Provider.Sign(TestToken.Person with { SessionId = "bob-session", Age = Carol.Age }));
        Assert.Equal(200, (await later.GetAsync("/me", _replicas.Provider.Sign(Carol))).Status);
        Assert.NotNull(RevocationReplicas.Of(later).RefusedUntil);
    }

    [Fact]
    public async Task Sign_outs_that_could_not_be_sent_are_refused_by_a_time_cutoff_at_other_replicas()
    {
        await using var cable = new Cable(_replicas.Redis.Address);
        await using var other = await _replicas.AddAsync(cable.Address);
        cable.Cut();
        var alice = _replicas.Provider.Sign(TestToken.Person);
        RevocationReplicas.Of(other).EndSession("alice-session", subject: null);
        for (var number = 0; number < RevocationList.Capacity + 10; number++)
        {
            RevocationReplicas.Of(other).EndSession($"session {number}", subject: null);
        }

        Assert.Equal(200, (await _replicas.One.GetAsync("/me", alice)).Status);
        cable.Mend();
        await RevocationReplicas.UntilRefusedAsync(_replicas.One, alice);
        Assert.NotNull(RevocationReplicas.Of(_replicas.One).RefusedUntil);
        Assert.Equal(200, (await _replicas.One.GetAsync("/me", _replicas.Provider.Sign(Carol))).Status);
    }

    [Fact]
    public async Task Endless_sign_outs_of_one_person_leave_room_in_the_set_and_are_refused_by_every_replica()
    {
        await using var other = await _replicas.AddAsync();
        var (alices, mallorys) = (_replicas.Provider.Sign(TestToken.Person),
            _replicas.Provider.Sign(TestToken.Person with { Subject = "mallory-id", SessionId = "any" }));
        Assert.Equal(200, (await other.GetAsync("/me", mallorys)).Status);
        for (var number = 0; number < 10 * RevocationList.PersonShare; number++)
        {
            RevocationReplicas.Of(_replicas.One).EndSession($"session {number}", "mallory-id");
        }

        await RevocationReplicas.UntilRefusedAsync(other, mallorys);
        await using var later = await _replicas.AddAsync();
        await RevocationReplicas.UntilRefusedAsync(later, mallorys);
        Assert.InRange(await SizeAsync(), 1, RevocationList.PersonShare + 50);
        Assert.Equal(200, (await later.GetAsync("/me", alices)).Status);
    }

    private async Task<int> SizeAsync() => int.Parse(await _replicas.Redis.Talk.TextAsync("ZCARD", Set), CultureInfo.InvariantCulture);
}
