using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Tests.Gateway;

/// <summary>What a receiver gets of one request through the gateway.</summary>
public sealed class GatewayTelemetryTests
{
    [Fact]
    public async Task A_denial_behind_the_gateway_is_not_an_error_on_any_span()
    {
        var spans = await SpansAsync(403);

        Assert.Equal((1, 0), (Only(spans, "proxy.forwarder").Kind, Only(spans, "proxy.forwarder").Status));
        var client = Only(spans, "GET");
        Assert.Equal((3, 0, "403", false),
            (client.Kind, client.Status, client.Attributes["http.response.status_code"], client.Attributes.ContainsKey("error.type")));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Any_other_failure_stays_an_error_of_the_client_span(int status)
    {
        var client = Only(await SpansAsync(status), "GET");

        Assert.Equal((2, status.ToString()), (client.Status, client.Attributes["error.type"]));
    }

    [Fact]
    public async Task An_unresponsive_service_is_an_error_of_the_proxys_span()
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var gateway = await GatewayHost.StartAsync(("Dashboard:OtlpEndpoint", collector.Address)))
        {
            await gateway.StopPeerAsync();
            trace = (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
                502, "upstream_unavailable").TraceId;
        }

        var proxy = Only(await collector.Trace(trace, 4, TestContext.Current.CancellationToken), "proxy.forwarder");
        Assert.Equal((1, 2, "Request"), (proxy.Kind, proxy.Status, proxy.Attributes["error.type"]));
    }

    [Fact]
    public async Task Sw8_names_the_route_as_the_endpoint()
    {
        await using var gateway = await GatewayHost.StartAsync(("Telemetry:Sw8", "true"));
        await gateway.SendAsync(HttpMethod.Get, "/api/agents/gpt4", gateway.Provider.Sign(TestToken.Person));

        Assert.True(Sw8.TryParse(gateway.Received.Headers["sw8"], out var sw8));
        Assert.Equal("GET /api/agents/{id}", sw8.Endpoint);
    }

    private static ReceivedSpan Only(IEnumerable<ReceivedSpan> spans, string name) => Assert.Single(spans, span => span.Name == name);

    private static async Task<IReadOnlyList<ReceivedSpan>> SpansAsync(int status)
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var gateway = await GatewayHost.StartAsync(("Dashboard:OtlpEndpoint", collector.Address)))
        {
            gateway.Answer = context =>
            {
                context.Response.StatusCode = status;
                return context.Response.WriteAsJsonAsync(new { reason = "department_required" });
            };
            var answer = await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person));
            Assert.Equal(status, answer.Status);
            trace = answer.TraceId;
        }

        return await collector.Trace(trace, 4, TestContext.Current.CancellationToken);
    }
}
