using Microsoft.AspNetCore.Http;

namespace TraceDemo.Tests.Gateway;

public sealed class GatewayTests
{
    [Theory]
    [MemberData(nameof(GatewayHost.Routes), MemberType = typeof(GatewayHost))]
    public async Task Each_route_requests_exactly_the_token_its_service_needs(
        string method, string path, string inside, string audience, string? scope)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = gateway.Provider.Sign(TestToken.Person);

        Assert.Equal(
            200, (await gateway.SendAsync(new HttpMethod(method), path, token, method is "POST" or "PUT" ? new { } : null)).Status);
        Assert.Equal(inside, gateway.Received.Path);
        var exchange = Assert.Single(gateway.Provider.TokenRequests);
        Assert.Equal(audience, exchange["audience"]);
        Assert.Equal(scope ?? "", exchange["scope"].ToString());
        Assert.NotEqual($"Bearer {token}", gateway.Received.Headers.Authorization.ToString());
        Assert.False(gateway.Received.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData("POST", "/api/documents/DOC-001", 405, "method_not_allowed")]
    [InlineData("GET", "/api/documents/DOC-001/content", 404, "not_found")]
    [InlineData("POST", "/api/users/me", 405, "method_not_allowed")]
    [InlineData("GET", "/api/policy/secrets", 404, "not_found")]
    [InlineData("GET", "/api", 404, "not_found")]
    public async Task Requests_without_a_matching_route_are_not_forwarded(string method, string path, int status, string reason)
    {
        await using var gateway = await GatewayHost.StartAsync();

        (await gateway.SendAsync(new HttpMethod(method), path, gateway.Provider.Sign(TestToken.Person))).IsRefused(status, reason);
        (await gateway.SendAsync(new HttpMethod(method), path, token: null)).IsRefused(401, "token_missing");
        Assert.Null(gateway.Received.Path);
        Assert.Empty(gateway.Provider.TokenRequests);
    }

    [Fact]
    public async Task A_refused_exchange_ends_at_the_gateway_and_nothing_is_forwarded()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Provider.OnToken = (_, _) =>
            Task.FromResult(TestProvider.Refuse(403, "access_denied", "Client is not within the token audience"));

        var answer = (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
            502, "exchange_refused");

        Assert.Equal("access_denied", answer.Body.GetProperty("error").GetString());
        Assert.Contains("audience lacks 'gateway'", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Null(gateway.Received.Path);
    }

    [Fact]
    public async Task An_ended_session_gets_a_challenge()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(400, "invalid_request", "Invalid token"));

        var answer = (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
            401, "token_revoked");

        Assert.Contains("invalid_token", answer.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hanging_provider_is_reported_as_unavailable()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = gateway.Provider.Sign(TestToken.Person);
        gateway.Provider.OnToken = async (context, _) =>
        {
            await Silence.KeepAsync(context);
            return Results.Ok();
        };

        (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token)).IsRefused(503, "identity_provider_unavailable");
    }

    [Fact]
    public async Task A_service_that_is_down_is_502()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.StopPeerAsync();

        (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
            502, "upstream_unavailable");
    }

    [Fact]
    public async Task A_service_that_hangs_is_504()
    {
        await using var gateway = await GatewayHost.StartAsync(("Gateway:UpstreamTimeout", "00:00:01"));
        gateway.Answer = Silence.KeepAsync;

        (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
            504, "upstream_timeout");
    }

    [Fact]
    public async Task A_persons_flood_is_limited_and_requests_of_others_are_not()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "3"));
        var alice = gateway.Provider.Sign(TestToken.Person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.SendAsync(HttpMethod.Get, "/api/users/me", alice)));

        Assert.InRange(answers.Count(answer => answer.Status == 200), 3, 9);
        answers.First(answer => answer.Status != 200).IsRefused(429, "rate_limited");
        Assert.Equal(200,
            (await gateway.SendAsync(HttpMethod.Get, "/api/users/me",
                gateway.Provider.Sign(TestToken.Person with { Subject = "bob-id" }))).Status);
    }

    [Fact]
    public async Task Requests_without_a_token_share_one_limit_per_address()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "3"));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => gateway.SendAsync(HttpMethod.Get, "/api/users/me", token: null)));

        Assert.Contains(answers, answer => answer.Status == 429);
        Assert.Equal(200, (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).Status);
    }
}
