using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Dashboard;

public sealed class EndedSessionsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly LogLines _logs = new();
    private readonly LoggerFactory _loggers;
    private readonly EndedSessions _ended;
    private readonly TicketStore _tickets;
    private readonly List<AuthenticationTicket> _told = [];

    public EndedSessionsTests()
    {
        _loggers = new LoggerFactory([_logs]);
        _ended = new EndedSessions(null, _time, _loggers.CreateLogger<EndedSessions>());
        _tickets = new TicketStore(new SharedTickets(null, _time), _ended, _time);
        _tickets.OnEnded(_told.Add);
    }

    public void Dispose()
    {
        _ended.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task A_full_list_readmits_no_signed_out_session()
    {
        var (alice, bob) = (Ticket("alice"), Ticket("bob"));
        await _ended.EndAsync(EndedSessions.Session("alice"), "alice-id");
        await FloodAsync(RevocationList.Capacity - 1, "somebody");
        Assert.Equal((true, false), (_ended.Contains("id", alice), _ended.Contains("id", bob)));

        _time.Advance(TimeSpan.FromSeconds(1));
        await FloodAsync(1, "one more");
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(_ended.Contains("id", alice));
        Assert.True(_ended.Contains("id", Ticket("one more 0")));
        Assert.False(_ended.Contains("id", Ticket("bob")));
        Assert.NotNull(_ended.RefusedUntil);
    }

    [Fact]
    public async Task No_concurrent_sign_out_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(writer => Task.Run(() => FloodAsync(10_000, $"writer {writer}"), TestContext.Current.CancellationToken)));

        Assert.All(Enumerable.Range(0, 80_000), number => Assert.True(_ended.Contains("id", Ticket($"writer {number % 8} {number / 8}"))));
    }

    [Fact]
    public async Task Endless_sign_outs_of_one_person_sign_out_no_one_else()
    {
        using var coarsened = Counted.Here(TelemetryNames.Metrics.RevocationsCoarsened);
        var bobs = await _tickets.StoreAsync(Ticket("bob", "bob-id"));
        for (var number = 0; number <= RevocationList.Capacity; number++)
        {
            var key = await _tickets.StoreAsync(Ticket($"mallory {number}", "mallory-id"));
            await _tickets.RemoveAsync(key);
        }

        Assert.NotNull(await _tickets.RetrieveAsync(bobs));
        Assert.Null(_ended.RefusedUntil);
        Assert.True(_ended.Contains("id", Ticket("mallory 0", "mallory-id")));
        Assert.Single(_logs.Lines, line => line.StartsWith("revocations.coarsened_for_person ", StringComparison.Ordinal));
        Assert.InRange(coarsened.Value, 1, long.MaxValue);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.NotNull(await _tickets.RetrieveAsync(await _tickets.StoreAsync(Ticket("another", "mallory-id"))));
    }

    [Fact]
    public async Task A_ticket_dropped_only_by_the_time_cutoff_sends_no_notice()
    {
        await _tickets.StoreAsync(Ticket("alice", "alice-id"));
        await FloodAsync(RevocationList.Capacity + 1, "somebody");
        Assert.Equal(0, _tickets.Count);
        Assert.Empty(_told);

        _time.Advance(TimeSpan.FromSeconds(6));
        await _tickets.StoreAsync(Ticket("bob", "bob-id"));
        await _tickets.RemoveSessionAsync("bob", "bob-id");
        Assert.Equal("bob", Assert.Single(_told).Principal.FindFirstValue("sid"));
    }

    [Fact]
    public async Task Evicting_a_ticket_for_a_newer_one_ends_no_session_and_sends_no_notice()
    {
        for (var number = 0; number <= HeldTickets.MostPerPerson; number++)
        {
            await _tickets.StoreAsync(Ticket(number is 0 or 1 ? "shared" : $"alice {number}", "alice-id"));
        }

        Assert.Equal(HeldTickets.MostPerPerson, _tickets.Count);
        Assert.False(await _tickets.IsEndedAsync("shared"));
        Assert.NotNull(_tickets.PersonOf("shared", "alice-id"));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task The_owner_of_a_session_is_read_from_its_ticket()
    {
        await _tickets.StoreAsync(Ticket("alice", "alice-id"));
        await _tickets.StoreAsync(Ticket("bob", "bob-id"));

        Assert.Equal("bob-id", _tickets.PersonOf("bob", "bob-id")?.FindFirstValue("sub"));
        Assert.Equal("bob-id", _tickets.PersonOf("bob", subject: null)?.FindFirstValue("sub"));
        Assert.Equal("bob-id", _tickets.PersonOf(sessionId: null, "bob-id")?.FindFirstValue("sub"));
        Assert.Null(_tickets.PersonOf("alice", "bob-id"));
        Assert.Null(_tickets.PersonOf("nobody", subject: null));
    }

    [Fact]
    public async Task A_sign_out_is_one_entry_with_or_without_the_providers_notice()
    {
        List<string?> changes = [];
        _ended.OnChanged(changes.Add);
        var key = await _tickets.StoreAsync(Ticket("alice", "alice-id"));
        var elsewhere = await _tickets.StoreAsync(Ticket("alice", "alice-id"));
        await _tickets.RemoveAsync(key);
        Assert.Equal(["alice-id"], changes);
        Assert.Null(await _tickets.RetrieveAsync(elsewhere));
        Assert.Equal((true, false), (await _tickets.IsEndedAsync("alice"), await _tickets.IsEndedAsync("bob")));

        await _tickets.RemoveAsync(key);
        await _tickets.RemoveAsync(elsewhere);
        Assert.Equal(["alice-id"], changes);
    }

    [Fact]
    public async Task A_full_list_is_reported_in_the_Dashboards_health()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        var ended = dashboard.Services.GetRequiredService<EndedSessions>();
        using var visitor = dashboard.Visit();
        Assert.DoesNotContain("The list is full", (await visitor.GetAsync("/health")).Html, StringComparison.Ordinal);
        for (var number = 0; number <= RevocationList.Capacity; number++)
        {
            await ended.EndAsync(EndedSessions.Session($"session {number}"), owner: null);
        }

        Assert.Contains("The list is full", (await visitor.GetAsync("/health")).Html, StringComparison.Ordinal);
    }

    private async Task FloodAsync(int count, string name)
    {
        for (var number = 0; number < count; number++)
        {
            await _ended.EndAsync(EndedSessions.Session($"{name} {number}"), owner: null);
        }
    }

    private AuthenticationTicket Ticket(string session, string subject = "somebody-id") => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim("sid", session), new Claim("sub", subject)], "test")),
        new AuthenticationProperties { IssuedUtc = _time.GetUtcNow(), ExpiresUtc = _time.GetUtcNow().AddHours(8) },
        "test");
}
