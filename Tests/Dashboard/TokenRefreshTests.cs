using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.SignIn.Tickets;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What becomes of a session whose access token has run out, by what the provider answers.</summary>
public sealed class TokenRefreshTests
{
    private readonly ManualTime _clock = ManualTime.Calendar();

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Session not active"}""")]
    [InlineData(401, """{"error":"invalid_client"}""")]
    [InlineData(403, """{"error":"access_denied"}""")]
    public async Task A_refusal_with_any_status_ends_the_session(int status, string body)
    {
        await using var provider = await SigningProvider.StartAsync();
        provider.OnToken = _ => Results.Text(body, "application/json", statusCode: status);

        Assert.Equal((nameof(Refreshed.Ended), false), await RenewAsync(provider, "refresh-token"));
    }

    [Theory]
    [InlineData(429, """{"error":"slow_down"}""")]
    [InlineData(404, "no such page")]
    [InlineData(404, """{"error":"Realm does not exist"}""")]
    [InlineData(403, """{"status":403,"error":"Forbidden"}""")]
    [InlineData(408, """{"error":"timeout"}""")]
    [InlineData(400, """{"error":"\ud800"}""")]
    [InlineData(200, """{"access_token":"\ud800"}""")]
    [InlineData(200, """{"access_token":"new","id_token":"\ud800"}""")]
    [InlineData(500, """{"error":"server_error"}""")]
    [InlineData(503, "")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "not json")]
    public async Task A_failure_that_is_not_a_refusal_keeps_the_session_for_another_attempt(int status, string body)
    {
        await using var provider = await SigningProvider.StartAsync();
        provider.OnToken = _ => Results.Text(body, "application/json", statusCode: status);

        Assert.Equal((nameof(Refreshed.Unavailable), true), await RenewAsync(provider, "refresh-token"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_refresh_token_the_session_ends_without_a_provider_call(string? refreshToken)
    {
        await using var provider = await SigningProvider.StartAsync();
        var asked = 0;
        provider.OnToken = _ =>
        {
            asked++;
            return Results.Ok();
        };

        Assert.Equal((nameof(Refreshed.Ended), false), await RenewAsync(provider, refreshToken));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_new_token_replaces_the_old_one()
    {
        await using var provider = await SigningProvider.StartAsync();
        provider.OnToken = form => Results.Json(
            new { access_token = "new", refresh_token = $"after {form["refresh_token"]}", expires_in = 300 });
        var (tickets, key) = await StoredAsync("first");

        Assert.Equal(Refreshed.Renewed, await provider.Refresh(tickets, _clock).RenewAsync(key, TestContext.Current.CancellationToken));

        var renewed = (await tickets.RetrieveAsync(key))!.Properties;
        Assert.Equal(("new", "after first"), (renewed.GetTokenValue("access_token"), renewed.GetTokenValue("refresh_token")));
    }

    private async Task<(string Result, bool IsStored)> RenewAsync(SigningProvider provider, string? refreshToken)
    {
        var (tickets, key) = await StoredAsync(refreshToken);
        var result = await provider.Refresh(tickets, _clock).RenewAsync(key, TestContext.Current.CancellationToken);
        return (result.ToString(), await tickets.RetrieveAsync(key) is not null);
    }

    private async Task<(TicketStore Tickets, string Key)> StoredAsync(string? refreshToken)
    {
        var tickets = new TicketStore(
            new SharedTickets(null, _clock), new EndedSessions(null, _clock, NullLogger<EndedSessions>.Instance), _clock);
        var properties = new AuthenticationProperties { ExpiresUtc = _clock.GetUtcNow().AddHours(8) };
        List<AuthenticationToken> tokens =
        [
            new() { Name = "access_token", Value = "old" },
            new() { Name = "expires_at", Value = _clock.GetUtcNow().ToString("o", CultureInfo.InvariantCulture) },
        ];
        if (refreshToken is not null)
        {
            tokens.Add(new AuthenticationToken { Name = "refresh_token", Value = refreshToken });
        }
        properties.StoreTokens(tokens);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "alice-id"), new Claim("sid", "session")], "id_token"));
        return (tickets, await tickets.StoreAsync(new AuthenticationTicket(person, properties, "provider")));
    }
}
