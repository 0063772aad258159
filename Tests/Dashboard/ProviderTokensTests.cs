using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Dashboard;

public sealed class ProviderTokensTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly SignOuts _signOuts = new();
    private readonly AuditTrail _audit;

    public ProviderTokensTests() => _audit = new AuditTrail(new AuditOptions(), "dashboard", _clock);

    public void Dispose() => _audit.Dispose();

    public static TheoryData<string, string?> WrongIdClaims => new()
    {
        { "iss", "http://evil.example" }, { "iss", null }, { "aud", "gateway" }, { "aud", null }, { "azp", "tracedemo-cli" },
        { "nonce", "another" }, { "nonce", null }, { "exp", "1" }, { "exp", null }, { "nbf", "2100000000" },
        { "sub", null }, { "events", "{}" },
    };

    public static TheoryData<string, string?> WrongLogoutClaims => new()
    {
        { "iss", "http://evil.example" }, { "aud", "gateway" }, { "exp", "1" }, { "exp", null }, { "iat", "1" },
        { "iat", "2100000000" }, { "iat", null }, { "jti", null },
        { "events", null }, { "events", "{}" }, { "events", """{"http://schemas.openid.net/event/backchannel-logout":1}""" },
        { "nonce", "any" }, { "sid", "another-session" },
    };

    [Fact]
    public async Task A_valid_id_token_gives_the_identity_and_nothing_else()
    {
        await using var provider = await SigningProvider.StartAsync();
        var person = await provider.IdTokens(_clock)
            .IdentityAsync(provider.Sign(IdClaims(provider)), "n1", TestContext.Current.CancellationToken);
        Assert.Equal(["groups", "iss", "preferred_username", "sid", "sub"],
            person!.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WrongIdClaims))]
    public async Task An_id_token_with_one_invalid_claim_is_refused(string claim, string? value)
    {
        await using var provider = await SigningProvider.StartAsync();
        Assert.Null(await provider.IdTokens(_clock)
            .IdentityAsync(provider.Sign(With(IdClaims(provider), claim, value)), "n1", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS512")]
    public async Task Another_algorithm_is_refused(string algorithm)
    {
        await using var provider = await SigningProvider.StartAsync();
        Assert.IsType<ProviderTokenResult.Refused>(
            await ReadAsync(provider.Tokens(_clock), provider.Sign(IdClaims(provider), algorithm: algorithm)));
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        await using var provider = await SigningProvider.StartAsync();
        using var other = RSA.Create(2048);
        Assert.IsType<ProviderTokenResult.Refused>(await ReadAsync(provider.Tokens(_clock), provider.Sign(IdClaims(provider), key: other)));
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_found()
    {
        await using var provider = await SigningProvider.StartAsync();
        var tokens = provider.Tokens(_clock);
        Assert.IsType<ProviderTokenResult.Valid>(await ReadAsync(tokens, provider.Sign(IdClaims(provider))));
        provider.RotateKey();
        // Asked for at most once a second.
        Assert.IsType<ProviderTokenResult.KeyUnknown>(await ReadAsync(tokens, provider.Sign(IdClaims(provider))));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ProviderTokenResult.Valid>(await ReadAsync(tokens, provider.Sign(IdClaims(provider))));
    }

    [Fact]
    public async Task An_id_token_whose_key_cannot_be_fetched_is_a_provider_failure()
    {
        await using var provider = await SigningProvider.StartAsync();
        provider.RotateKey("key of another provider");
        var token = provider.Sign(IdClaims(provider));
        provider.RotateKey();

        await Assert.ThrowsAsync<ProviderUnavailableException>(
            () => provider.IdTokens(_clock).IdentityAsync(token, "n1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_without_a_key_id_is_refused()
    {
        await using var provider = await SigningProvider.StartAsync();
        provider.RotateKey(keyId: null);

        Assert.IsType<ProviderTokenResult.Refused>(await ReadAsync(provider.Tokens(_clock), provider.Sign(IdClaims(provider))));
    }

    [Fact]
    public async Task A_logout_token_ends_its_session_once()
    {
        await using var provider = await SigningProvider.StartAsync();
        var (tickets, logout) = await WithTicketAsync(provider);
        var token = provider.Sign(LogoutClaims(provider), "logout+jwt");
        Assert.Equal(1, await logout.AcceptAsync(token, TestContext.Current.CancellationToken));
        Assert.Equal(0, tickets.Count);
        Assert.Null(await logout.AcceptAsync(token, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(WrongLogoutClaims))]
    public async Task A_logout_token_with_one_invalid_claim_ends_nothing(string claim, string? value)
    {
        await using var provider = await SigningProvider.StartAsync();
        var (tickets, logout) = await WithTicketAsync(provider);
        await logout.AcceptAsync(provider.Sign(With(LogoutClaims(provider), claim, value), "logout+jwt"),
            TestContext.Current.CancellationToken);
        Assert.Equal(1, tickets.Count);
    }

    [Fact]
    public async Task A_token_of_another_type_ends_nothing()
    {
        await using var provider = await SigningProvider.StartAsync();
        var (tickets, logout) = await WithTicketAsync(provider);
        Assert.Null(await logout.AcceptAsync(provider.Sign(LogoutClaims(provider)), TestContext.Current.CancellationToken));
        Assert.Null(await logout.AcceptAsync(provider.Sign(IdClaims(provider), "logout+jwt"), TestContext.Current.CancellationToken));
        Assert.Equal(1, tickets.Count);
    }

    [Theory]
    [InlineData("nothing before", 1)]
    [InlineData("a sign-out here is under way", 0)]
    [InlineData("a sign-out here is over", 0)]
    [InlineData("a sign-out of another session is under way", 1)]
    public async Task A_local_sign_out_confirmed_by_the_provider_is_audited_once(string before, int entries)
    {
        await using var provider = await SigningProvider.StartAsync();
        var (tickets, logout) = await WithTicketAsync(provider);
        if (before == "a sign-out here is over")
        {
            await tickets.RemoveSessionAsync("session-1", "alice-id");
        }
        using var underWay = before.EndsWith("under way", StringComparison.Ordinal)
            ? _signOuts.Begin(before.Contains("another", StringComparison.Ordinal) ? "session-2" : "session-1") : null;

        Assert.NotNull(
            await logout.AcceptAsync(provider.Sign(LogoutClaims(provider), "logout+jwt"), TestContext.Current.CancellationToken));

        Assert.Equal(0, tickets.Count);
        Assert.Equal(entries, _audit.Latest.Count(entry => entry is { Action: "session.ended", Person: "alice-id" }));
    }

    [Fact]
    public void The_second_of_two_sign_outs_of_a_session_is_still_active_after_the_first_ends()
    {
        var first = _signOuts.Begin("session-1");
        using (_signOuts.Begin("session-1"))
        {
            first.Dispose();
            first.Dispose();
            Assert.True(_signOuts.Contains("session-1"));
        }

        Assert.False(_signOuts.Contains("session-1"));
    }

    [Fact]
    public async Task An_expired_ticket_is_not_returned()
    {
        var tickets = Tickets();
        var first = await tickets.StoreAsync(Ticket("s", _clock.GetUtcNow().AddMinutes(1)));
        Assert.NotNull(await tickets.RetrieveAsync(first));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await tickets.RetrieveAsync(first));
    }

    [Fact]
    public async Task A_ticket_removed_during_renewal_is_not_restored()
    {
        var tickets = Tickets();
        var key = await tickets.StoreAsync(Ticket("s", _clock.GetUtcNow().AddMinutes(1)));
        await tickets.RemoveSessionAsync("s", null);
        await tickets.RenewAsync(key, Ticket("s", _clock.GetUtcNow().AddMinutes(1)));
        Assert.Null(await tickets.RetrieveAsync(key));
    }

    private static Task<ProviderTokenResult> ReadAsync(ProviderTokens tokens, string token) =>
        tokens.ReadAsync(token, "dashboard", TestContext.Current.CancellationToken);

    private async Task<(TicketStore, ProviderLogout)> WithTicketAsync(SigningProvider provider)
    {
        var tickets = Tickets();
        await tickets.StoreAsync(Ticket("session-1", _clock.GetUtcNow().AddHours(1)));
        var tokens = new LogoutTokenValidator(provider.Tokens(_clock), _clock);
        return (tickets, new ProviderLogout(tokens, provider.Options, tickets, _signOuts, new SessionAudit(_audit)));
    }

    private TicketStore Tickets() =>
        new(new SharedTickets(null, _clock), new EndedSessions(null, _clock, NullLogger<EndedSessions>.Instance), _clock);

    private static AuthenticationTicket Ticket(string session, DateTimeOffset expires) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim("sid", session), new Claim("sub", "alice-id")], "test")),
        new AuthenticationProperties { ExpiresUtc = expires }, "test");

    private JsonObject IdClaims(SigningProvider provider) => new()
    {
        ["iss"] = provider.Issuer,
        ["aud"] = "dashboard",
        ["azp"] = "dashboard",
        ["sub"] = "alice-id",
        ["sid"] = "session-1",
        ["nonce"] = "n1",
        ["preferred_username"] = "alice",
        ["groups"] = new JsonArray("/finance"),
        ["email"] = "alice@example.com",
        ["iat"] = Seconds(0),
        ["exp"] = Seconds(300),
    };

    private JsonObject LogoutClaims(SigningProvider provider) => new()
    {
        ["iss"] = provider.Issuer,
        ["aud"] = "dashboard",
        ["sub"] = "alice-id",
        ["sid"] = "session-1",
        ["jti"] = "j1",
        ["iat"] = Seconds(0),
        ["exp"] = Seconds(120),
        ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
    };

    private long Seconds(int offset) => _clock.GetUtcNow().ToUnixTimeSeconds() + offset;

    private static JsonObject With(JsonObject claims, string claim, string? value)
    {
        claims[claim] = value is null
            ? null
            : value.StartsWith('{') ? JsonNode.Parse(value) : long.TryParse(value, out var number) ? number : value;
        if (value is null)
        {
            claims.Remove(claim);
        }
        return claims;
    }
}
