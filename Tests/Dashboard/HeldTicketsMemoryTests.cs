using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;

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
    public void Memory_is_at_most_twice_the_counted_size_for_tickets_of_any_size(int tokenLength, int people)
    {
        var filled = Fill(tokenLength, people);

        // What letting go frees is what was held, whatever other tests left behind.
        var held = LiveBytes();
        filled.LetGo();
        Assert.InRange(held - LiveBytes(), filled.Counted / 4, 2 * filled.Counted);
    }

    /// <summary>Apart, so that nothing on the caller's stack holds a part of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Filled Fill(int tokenLength, int people)
    {
        var filled = new Filled(_time);
        for (var person = 0; person < people; person++)
        {
            filled.Tickets.Hold($"ticket {person}", HeldTicket.New(Ticket($"person {person}", tokenLength), 0));
        }

        filled.Counted = filled.Tickets.Bytes;
        Assert.InRange(filled.Counted, 2L * tokenLength * filled.Tickets.Count, HeldTickets.MostBytes);
        Assert.InRange(filled.Tickets.Count, 1, HeldTickets.Most);
        Assert.True(filled.Tickets.TryGet($"ticket {people - 1}", out _));
        return filled;
    }

    private static long LiveBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private AuthenticationTicket Ticket(string person, int tokenLength)
    {
        var properties = new AuthenticationProperties { IssuedUtc = _time.GetUtcNow(), ExpiresUtc = _time.GetUtcNow().AddHours(8) };
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = new string('x', tokenLength) }]);
        Claim[] claims = [new("sid", $"{person}'s session"), new("sub", person), new("iss", $"issuer of {person}"),
            .. Enumerable.Range(0, 5).Select(number => new Claim("groups", $"/{person} {number}"))];
        return new(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), properties, "test");
    }

    private sealed class Filled(TimeProvider time)
    {
        public HeldTickets Tickets { get; private set; } = new(time);

        public long Counted { get; set; }

        public void LetGo() => Tickets = null!;
    }
}
