using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Whoever signs in again and again makes room from their own, and memory stays bounded however large tickets are.</summary>
public sealed class HeldTicketsTests
{
    private const int Large = 100_000;

    private readonly ManualTime _time = new();
    private readonly HeldTickets _tickets;

    public HeldTicketsTests() => _tickets = new HeldTickets(_time);

    [Fact]
    public void Repeated_sign_ins_of_one_person_evict_only_their_own_oldest_tickets()
    {
        Hold("bob 0", "bob");
        var pushedOut = Enumerable.Range(0, 2 * HeldTickets.Most).SelectMany(number => Hold($"mallory {number}", "mallory")).ToList();

        Assert.True(_tickets.TryGet("bob 0", out _));
        Assert.Equal(1 + HeldTickets.MostPerPerson, _tickets.Count);
        Assert.Equal(Enumerable.Range(0, (2 * HeldTickets.Most) - HeldTickets.MostPerPerson).Select(number => $"mallory {number}"),
            pushedOut);
    }

    [Fact]
    public void In_a_full_store_only_a_persons_first_ticket_evicts_one_of_another_person()
    {
        for (var person = 0; person < HeldTickets.Most; person++)
        {
            Hold($"person {person}", $"person {person}");
        }
        Assert.Empty(Hold("mallory 0", "mallory"));
        for (var number = 1; number < 100; number++)
        {
            Assert.Equal([$"mallory {number - 1}"], Hold($"mallory {number}", "mallory"));
        }

        Assert.Equal(HeldTickets.Most, _tickets.Count);
        Assert.False(_tickets.TryGet("person 0", out _));
        Assert.True(_tickets.TryGet("person 1", out _));
    }

    [Fact]
    public void A_persons_large_tickets_have_a_bound_in_bytes()
    {
        for (var number = 0; number < HeldTickets.MostPerPerson; number++)
        {
            Hold($"mallory {number}", "mallory", 2 * Large);
        }

        Assert.InRange(_tickets.Bytes, 2 * Large, HeldTickets.MostBytesPerPerson);
        Assert.True(_tickets.TryGet($"mallory {HeldTickets.MostPerPerson - 1}", out _));
        Assert.False(_tickets.TryGet("mallory 0", out _));
    }

    [Fact]
    public void Expired_tickets_are_evicted_first()
    {
        for (var number = 0; number < HeldTickets.MostPerPerson; number++)
        {
            Hold($"old {number}", "alice");
        }
        _time.Advance(TimeSpan.FromHours(9));

        Assert.Empty(Hold("new", "alice"));
        Assert.Equal(1, _tickets.Count);
    }

    [Fact]
    public void A_renewed_ticket_replaces_only_its_predecessor_and_all_space_is_released()
    {
        Hold("id", "alice", Large);
        Assert.True(_tickets.TryGet("id", out var first));
        var second = first.Renewed(Ticket("alice", 10));
        Assert.True(_tickets.TryReplace("id", first, second));
        Assert.False(_tickets.TryReplace("id", first, second));
        Assert.InRange(_tickets.Bytes, 1, Large);
        Assert.Same(second, _tickets.Hold("id", first).Held);

        Assert.Single(_tickets.RemoveWhere("alice", (_, _) => true));
        Assert.False(_tickets.TryReplace("id", second, first));
        Assert.Equal((0, 0), (_tickets.Count, _tickets.Bytes));
    }

    [Fact]
    public void Signing_in_over_another_persons_session_transfers_the_ticket()
    {
        Hold("id", "alice");
        Assert.True(_tickets.TryGet("id", out var alices));
        Assert.True(_tickets.TryReplace("id", alices, alices.Renewed(Ticket("bob", 10))));

        Assert.Empty(_tickets.RemoveWhere("alice", (_, _) => true));
        Assert.Single(_tickets.RemoveWhere("bob", (_, _) => true));
    }

    [Fact]
    public async Task Concurrent_changes_never_exceed_the_limits()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            () =>
            {
                for (var number = 0; number < 3_000; number++)
                {
                    Hold($"{writer} {number}", $"person {number % 1_000}");
                    if (number % 3 == 0)
                    {
                        _tickets.RemoveWhere($"person {number % 100}", (_, _) => true);
                    }
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.InRange(_tickets.Count, 1, HeldTickets.Most);
        _tickets.RemoveWhere(owner: null, (_, _) => true);
        Assert.Equal((0, 0), (_tickets.Count, _tickets.Bytes));
    }

    private IReadOnlyList<string> Hold(string id, string person, int tokenLength = 10) =>
        _tickets.Hold(id, HeldTicket.New(Ticket(person, tokenLength), 0)).PushedOut;

    private AuthenticationTicket Ticket(string person, int tokenLength)
    {
        var properties = new AuthenticationProperties { IssuedUtc = _time.GetUtcNow(), ExpiresUtc = _time.GetUtcNow().AddHours(8) };
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = new string('x', tokenLength) }]);
        return new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sid", "session"), new Claim("sub", person)], "test")),
            properties, "test");
    }
}
