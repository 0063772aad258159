using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Tests.Provider;

namespace TraceDemo.Tests.Dashboard;

/// <summary>The bound of the tickets is one of real memory.</summary>
[Collection(typeof(MeasuresTheHeap))]
public sealed class HeldTicketsMemoryTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(10, 12_000)]
    [InlineData(4_000, 12_000)]
    [InlineData(100_000, 2_000)]
    public void Memory_is_at_most_twice_what_is_counted_however_large_tickets_are(int tokenLength, int people)
    {
        var tickets = new HeldTickets(_time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var person = 0; person < people; person++) { tickets.Hold($"ticket {person}", HeldTicket.New(Ticket($"person {person}", tokenLength), 0)); }

        Assert.InRange(tickets.Bytes, 2L * tokenLength * tickets.Count, HeldTickets.MostBytes);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 2 * tickets.Bytes);
        Assert.InRange(tickets.Count, 1, HeldTickets.Most);
        Assert.True(tickets.TryGet($"ticket {people - 1}", out _));
    }

    private AuthenticationTicket Ticket(string person, int tokenLength)
    {
        var properties = new AuthenticationProperties { IssuedUtc = _time.GetUtcNow(), ExpiresUtc = _time.GetUtcNow().AddHours(8) };
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = new string('x', tokenLength) }]);
        Claim[] claims = [new("sid", $"{person}'s session"), new("sub", person), new("iss", $"issuer of {person}"), .. Enumerable.Range(0, 5).Select(number => new Claim("groups", $"/{person} {number}"))];
        return new(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), properties, "test");
    }
}
