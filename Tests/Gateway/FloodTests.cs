using TraceDemo.Gateway.Limits;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Gateway;

/// <summary>What a flood that the limits refuse must not take from others.</summary>
public sealed class FloodTests
{
    private static readonly TestToken Logout = TestToken.Person with
    {
        Type = "logout+jwt",
        Audience = "tracedemo-cli",
        Events = "http://schemas.openid.net/event/backchannel-logout",
    };

    private const int Server = 2;

    [Fact]
    public async Task An_unauthenticated_flood_from_the_providers_address_does_not_block_its_logout_tokens()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:PerSecond", "1"), ("Limits:Burst", "1"));
        var token = gateway.Provider.Sign(TestToken.Person);
        Assert.Equal(200, (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token)).Status);
        for (var refused = 0; refused < 20;)
        {
            if ((await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token: null)).Status == 429)
            {
                refused++;
            }
        }

        using var form = new FormUrlEncodedContent([new("logout_token", gateway.Provider.Sign(Logout))]);
        using var told = await gateway.Http.PostAsync(
            new Uri(gateway.Address, BackChannelLogout.Path), form, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)told.StatusCode);
        // A revoked token is a stranger's, whose bucket fills again.
        await Replica.UntilAsync(
            async () => (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token)) is { Status: 401, Reason: "token_revoked" });
    }

    [Fact]
    public async Task Audited_refusals_of_a_flood_are_limited_per_second()
    {
        const int Flood = 10 * RefusalSpans.PerSecond;
        await using var collector = await OtlpCollector.Start();
        var seconds = System.Diagnostics.Stopwatch.StartNew();
        await using (var gateway = await GatewayHost.StartAsync(
            ("Dashboard:OtlpEndpoint", collector.Address), ("Limits:PerSecond", "1"), ("Limits:Burst", "1")))
        {
            for (var refused = 0; refused < Flood;)
            {
                if ((await gateway.SendAsync(HttpMethod.Get, "/api/users/me", token: null)).Status == 429)
                {
                    refused++;
                }
            }
        }

        // The gateway has sent all that it recorded before it ended; the spans of this test's own client stand beside them.
        var recorded = collector.Spans.Count(
            span => span.Kind == Server && span.Attributes.GetValueOrDefault("http.response.status_code") == "429");
        Assert.InRange(recorded, 1, RefusalSpans.PerSecond * (int)(seconds.Elapsed.TotalSeconds + 2));
        Assert.True(recorded < Flood || seconds.Elapsed.TotalSeconds > 8, "every refusal was recorded");
    }
}
