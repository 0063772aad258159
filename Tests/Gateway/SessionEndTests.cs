
namespace TraceDemo.Tests.Gateway;

/// <summary>What the Dashboard calls when a person has signed out there.</summary>
public sealed class SessionEndTests
{
    private static readonly TestToken AtDashboard = TestToken.Person with { Client = "dashboard" };

    [Fact]
    public async Task Ending_a_session_invalidates_all_its_tokens_cached_or_not_and_no_others()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (used, other, exchanged) = (gateway.Provider.Sign(AtDashboard), gateway.Provider.Sign(AtDashboard),
            gateway.Provider.Sign(TestToken.Person));
        var (another, bobs) = (gateway.Provider.Sign(AtDashboard with { SessionId = "another-session" }),
            gateway.Provider.Sign(AtDashboard with { Subject = "bob-id", SessionId = "bob-session" }));
        foreach (var token in new[] { used, exchanged, another, bobs })
        {
            Assert.Equal(200, await ReadAsync(gateway, token));
        }

        var answer = await gateway.SendAsync(HttpMethod.Post, "/api/session/end", used);
        Assert.Equal((204, ""), (answer.Status, answer.Text));

        foreach (var token in new[] { used, other, exchanged })
        {
            (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token)).IsRefused(401, "token_revoked");
        }

        foreach (var token in new[] { another, bobs })
        {
            Assert.Equal(200, await ReadAsync(gateway, token));
        }
    }

    [Fact]
    public async Task A_second_call_with_the_ended_session_is_refused()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = gateway.Provider.Sign(AtDashboard);
        Assert.Equal(204, (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", token)).Status);
        (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", token)).IsRefused(401, "token_revoked");
    }

    [Fact]
    public async Task Only_the_dashboard_can_end_a_session_and_only_with_a_valid_token_of_a_person()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var person = gateway.Provider.Sign(AtDashboard);
        var stranger = AtDashboard with { ClientIdClaim = "dashboard", UserName = "service-account-dashboard" };
        (await EndAsync(AtDashboard with { Client = "tracedemo-cli" })).IsRefused(403, "caller_not_accepted");
        (await EndAsync(AtDashboard with { Client = "user-service" })).IsRefused(403, "caller_not_accepted");
        (await EndAsync(stranger)).IsRefused(403, "delegation_required");
        (await EndAsync(AtDashboard with { SessionId = null })).IsRefused(403, "delegation_required");
        (await EndAsync(AtDashboard with { Audience = "user-service" })).IsRefused(401, "audience_invalid");
        (await EndAsync(AtDashboard with { Age = TimeSpan.FromMinutes(5) })).IsRefused(401, "token_expired");
        (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", gateway.Provider.SignWithForeignKey(AtDashboard))).IsRefused(
            401, "token_invalid");
        (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", token: null)).IsRefused(401, "token_missing");

        Assert.Equal(200, await ReadAsync(gateway, person));

        Task<Answer> EndAsync(TestToken token) =>
            gateway.SendAsync(HttpMethod.Post, "/api/session/end", gateway.Provider.Sign(token));
    }

    [Fact]
    public async Task A_flood_with_a_persons_token_does_not_prevent_ending_their_session()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "1"));
        var token = gateway.Provider.Sign(AtDashboard);
        Assert.Contains(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReadAsync(gateway, token))), status => status == 429);
        Assert.Equal(204, (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", token)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made.up.token")]
    public async Task Callers_without_a_valid_token_are_limited_by_network_and_cannot_prevent_ending_a_session(string? noise)
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "5"));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EndAsync(noise)));
        Assert.Contains(429, statuses);
        Assert.All(statuses, status => Assert.True(status is 401 or 429));

        // From the same address, and with others who do the same.
        Assert.Equal(204, await EndAsync(gateway.Provider.Sign(AtDashboard)));
        Assert.Equal(204, await EndAsync(gateway.Provider.Sign(AtDashboard with { Subject = "bob-id", SessionId = "bob-session" })));

        async Task<int> EndAsync(string? token) => (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", token)).Status;
    }

    [Fact]
    public async Task A_flood_by_another_client_with_a_token_of_the_session_is_limited_and_does_not_prevent_ending_it()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "5"));
        var other = gateway.Provider.Sign(TestToken.Person);
        var statuses = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(async _ => (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", other)).Status));
        Assert.Contains(429, statuses);

        Assert.Equal(204, (await gateway.SendAsync(HttpMethod.Post, "/api/session/end", gateway.Provider.Sign(AtDashboard))).Status);
    }

    private static async Task<int> ReadAsync(GatewayHost gateway, string token) =>
        (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token)).Status;
}
