using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Redis;

/// <summary>Two stores on one Redis, moved by hand through the orders in which sign-out, renewal and loss of Redis may come.</summary>
public sealed class TicketStoreTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly string _key = RedisServer.NewKey();
    private readonly List<Replica> _replicas = [];
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
    public async Task A_renewal_in_progress_does_not_restore_a_session_ended_at_another_replica()
    {
        var (one, other) = (await StoreAsync(), await StoreAsync());
        var key = await one.StoreAsync(Ticket());
        var renewed = await other.RetrieveAsync(key);

        await one.RemoveAsync(key);
        await other.RenewAsync(key, renewed!);

        await GoneAsync(other, key);
        Assert.Null(await one.RetrieveAsync(key));
        Assert.Null(await (await StoreAsync()).RetrieveAsync(key));
    }

    [Fact]
    public async Task A_ticket_restored_in_Redis_after_its_session_ended_is_refused()
    {
        var one = await StoreAsync();
        var key = await one.StoreAsync(Ticket());
        var stored = Assert.Single(await _redis.Talk.DumpAsync(), entry => entry.Key.Contains(":tickets:", StringComparison.Ordinal));
        await one.RemoveSessionAsync("session", null);
        await _redis.Talk.AskAsync("SET", stored.Key, stored.Value);

        Assert.Null(await one.RetrieveAsync(key));
        Assert.Null(await (await StoreAsync()).RetrieveAsync(key));
    }

    [Fact]
    public async Task A_ticket_renewed_by_one_replica_is_used_by_the_other()
    {
        var (one, other) = (await StoreAsync(), await StoreAsync());
        var key = await one.StoreAsync(Ticket("first"));
        Assert.Equal("first", Token(await other.RetrieveAsync(key)));

        await one.RenewAsync(key, Ticket("second"));

        await Replica.UntilAsync(async () => Token(await other.RetrieveAsync(key)) == "second");
    }

    [Fact]
    public async Task A_ticket_renewed_without_Redis_is_not_overwritten_by_the_older_one_in_Redis()
    {
        var one = await StoreAsync("00:00:01");
        var key = await one.StoreAsync(Ticket("first"));
        await _redis.FreezeAsync();
        await one.RenewAsync(key, Ticket("second"));
        await _redis.ThawAsync();

        var other = await StoreAsync();
        await Replica.UntilAsync(
            async () => Token(await one.RetrieveLatestAsync(key)) == "second" && Token(await other.RetrieveLatestAsync(key)) == "second");
        Assert.Equal("second", Token(await (await StoreAsync()).RetrieveAsync(key)));
    }

    [Fact]
    public async Task Only_one_may_renew_a_ticket_at_a_time()
    {
        var (one, other) = (await StoreAsync(), await StoreAsync());
        var key = await one.StoreAsync(Ticket());

        Assert.True(await one.ClaimRenewalAsync(key));
        Assert.False(await other.ClaimRenewalAsync(key));
        await one.ReleaseRenewalAsync(key);
        Assert.True(await other.ClaimRenewalAsync(key));
    }

    [Fact]
    public async Task A_person_signed_out_everywhere_may_sign_in_again()
    {
        var (one, other) = (await StoreAsync(), await StoreAsync());
        var before = await one.StoreAsync(Ticket(session: "a"));
        var elsewhere = await other.StoreAsync(Ticket(session: "b"));

        await one.RemoveSessionAsync(null, "alice-id");
        await GoneAsync(other, elsewhere);
        Assert.Null(await one.RetrieveAsync(before));

        _time.Advance(TimeSpan.FromSeconds(10));
        var after = await one.StoreAsync(Ticket(session: "c"));
        Assert.NotNull(await other.RetrieveAsync(after));
        Assert.Null(await other.RetrieveAsync(before));
    }

    [Fact]
    public async Task A_forged_session_end_is_counted_and_ends_nothing()
    {
        using var rejected = new RejectedCount("ended");
        var one = await StoreAsync();
        var key = await one.StoreAsync(Ticket());

        await _redis.Talk.AskAsync("PUBLISH", "tracedemo:dashboard:ended", """{"Name":"sid:session","At":"2026-01-01T12:00:00+00:00"}""");
        await _redis.Talk.AskAsync("ZADD", "tracedemo:dashboard:ended", "9999999999999",
            """{"Name":"sid:session","At":"2026-01-01T12:00:00+00:00"}""");

        await Replica.UntilAsync(() => Task.FromResult(rejected.Value > 0));
        Assert.NotNull(await one.RetrieveAsync(key));
        Assert.NotNull(await (await StoreAsync()).RetrieveAsync(key));
    }

    [Fact]
    public async Task Endless_sign_outs_of_one_person_leave_room_in_the_set_and_are_known_to_every_replica()
    {
        var (one, other) = (await StoreAsync(), await StoreAsync());
        var bobs = await one.StoreAsync(Ticket(session: "bobs", subject: "bob-id"));
        var elsewhere = await other.StoreAsync(Ticket(session: "elsewhere"));
        for (var number = 0; number < 3 * RevocationList.PersonShare; number++)
        {
            await one.RemoveAsync(await one.StoreAsync(Ticket(session: $"session {number}")));
        }

        Assert.InRange(int.Parse(await _redis.Talk.TextAsync("ZCARD", "tracedemo:dashboard:ended"), CultureInfo.InvariantCulture), 1,
            RevocationList.PersonShare + 10);
        await GoneAsync(other, elsewhere);
        var later = await StoreAsync();
        Assert.Null(await later.RetrieveAsync(elsewhere));
        foreach (var store in new[] { one, other, later })
        {
            Assert.NotNull(await store.RetrieveAsync(bobs));
        }
    }

    [Fact]
    public async Task A_session_already_ended_by_the_provider_takes_no_second_entry_at_sign_out()
    {
        var one = await StoreAsync();
        var key = await one.StoreAsync(Ticket());
        await one.RemoveSessionAsync("session", "alice-id");
        await one.RemoveAsync(key);

        Assert.Equal("1", await _redis.Talk.TextAsync("ZCARD", "tracedemo:dashboard:ended"));
        Assert.DoesNotContain(await _redis.Talk.DumpAsync(), entry => entry.Key.Contains(":tickets:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeated_sign_ins_of_one_person_store_at_most_a_share_in_Redis()
    {
        var one = await StoreAsync();
        var bobs = await one.StoreAsync(Ticket(session: "bobs", subject: "bob-id"));
        for (var number = 0; number < 2 * HeldTickets.MostPerPerson; number++)
        {
            await one.StoreAsync(Ticket(session: $"session {number}"));
        }

        Assert.Equal(1 + HeldTickets.MostPerPerson,
            (await _redis.Talk.DumpAsync()).Keys.Count(key => key.Contains(":tickets:", StringComparison.Ordinal)));
        Assert.NotNull(await (await StoreAsync()).RetrieveAsync(bobs));
    }

    private async Task<TicketStore> StoreAsync(string patience = "00:00:10")
    {
        TicketStore? store = null;
        var replica = await Replica.StartAsync(builder => Replica.Configure(_redis, builder, "dashboard", _key, patience), _time, shared =>
            store = new TicketStore(new SharedTickets(shared, _time),
                new EndedSessions(shared, _time, NullLogger<EndedSessions>.Instance), _time));
        _replicas.Add(replica);
        await replica.Connected;
        return store!;
    }

    private static Task GoneAsync(TicketStore store, string key) => Replica.UntilAsync(async () => await store.RetrieveAsync(key) is null);

    private static string? Token(AuthenticationTicket? ticket) => ticket?.Properties.GetTokenValue("access_token");

    private AuthenticationTicket Ticket(string token = "token", string session = "session", string subject = "alice-id")
    {
        var properties = new AuthenticationProperties { IssuedUtc = _time.GetUtcNow(), ExpiresUtc = _time.GetUtcNow().AddHours(8) };
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = token }]);
        return new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sid", session), new Claim("sub", subject)], "test")),
            properties, "test");
    }
}
