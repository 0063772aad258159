using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Tests.Provider;

namespace TraceDemo.Tests.Dashboard;

public sealed class EndedSessionsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly EndedSessions _ended;

    public EndedSessionsTests() => _ended = new EndedSessions(null, _time);

    public void Dispose() => _ended.Dispose();

    [Fact]
    public async Task When_the_list_is_full_nobody_who_was_signed_out_is_let_in_again()
    {
        var (alice, bob) = (Ticket("alice"), Ticket("bob"));
        await _ended.EndAsync(EndedSessions.Session("alice"));
        await FloodAsync(EndedSessions.Most - 1, "somebody");
        Assert.Equal((true, false), (_ended.Contains("id", alice), _ended.Contains("id", bob)));

        _time.Advance(TimeSpan.FromSeconds(1));
        await FloodAsync(1, "one more");
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(_ended.Contains("id", alice));
        Assert.True(_ended.Contains("id", Ticket("one more 0")));
        Assert.False(_ended.Contains("id", Ticket("bob")));
    }

    [Fact]
    public async Task Of_sign_outs_from_many_at_once_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => FloodAsync(10_000, $"writer {writer}"), TestContext.Current.CancellationToken)));

        Assert.All(Enumerable.Range(0, 80_000), number => Assert.True(_ended.Contains("id", Ticket($"writer {number % 8} {number / 8}"))));
    }

    private async Task FloodAsync(int count, string name)
    {
        for (var number = 0; number < count; number++) { await _ended.EndAsync(EndedSessions.Session($"{name} {number}")); }
    }

    private AuthenticationTicket Ticket(string session) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sid", session)], "test")), new AuthenticationProperties { IssuedUtc = _time.GetUtcNow() }, "test");
}
