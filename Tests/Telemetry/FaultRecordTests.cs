using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.Tests.Telemetry;

/// <summary>A fault of a server, as receivers get it: enough to find the cause, and nothing secret.</summary>
public sealed class FaultRecordTests
{
    private const string Jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    [Fact]
    public async Task A_fault_is_an_exception_event_of_the_server_span_and_in_the_log_record()
    {
        var (span, log) = await FaultAsync(
            () => new InvalidOperationException("The shelf is empty.", new TimeoutException("Nobody came.")));

        Assert.Equal((2, "System.InvalidOperationException"), (span.Status, span.Attributes["error.type"]));
        var fault = Assert.Single(span.Events, item => item.Name == "exception").Attributes;
        Assert.All([fault, log.Attributes], attributes =>
        {
            Assert.Equal(("System.InvalidOperationException", "The shelf is empty."),
                (attributes["exception.type"], attributes["exception.message"]));
            Assert.StartsWith("System.InvalidOperationException: The shelf is empty.", attributes["exception.stacktrace"],
                StringComparison.Ordinal);
            Assert.Contains("Nobody came.", attributes["exception.stacktrace"], StringComparison.Ordinal);
            Assert.Contains(nameof(FaultRecordTests), attributes["exception.stacktrace"], StringComparison.Ordinal);
        });
        Assert.Equal((span.SpanId, span.TraceId), (log.SpanId, log.TraceId));
    }

    [Theory]
    [InlineData(Jwt)]
    [InlineData("Authorization: Bearer opaque-token-value")]
    [InlineData("Basic Z2F0ZXdheTpzZWNyZXQ=")]
    [InlineData("dev-only-gateway")]
    [InlineData("redis:6379,user=gateway,password=hunter22,ssl=true")]
    [InlineData("client_secret=hunter22&grant_type=x")]
    [InlineData("\"clientSecret\": \"hunter22\"")]
    [InlineData("GET http://id/auth?code=hunter22")]
    [InlineData("Cookie: tracedemo=hunter22; more=hunter22")]
    [InlineData("alice@example.com")]
    public async Task A_token_or_secret_in_its_message_is_redacted_in_span_and_log(string secret)
    {
        var (span, log) = await FaultAsync(() => new InvalidOperationException($"Failed with {secret} at once"));

        var fault = Assert.Single(span.Events, item => item.Name == "exception").Attributes;
        Assert.All([fault, log.Attributes], attributes =>
        {
            Assert.StartsWith("Failed with ", attributes["exception.message"], StringComparison.Ordinal);
            Assert.Contains("[redacted]", attributes["exception.message"], StringComparison.Ordinal);
            Assert.Contains("[redacted]", attributes["exception.stacktrace"], StringComparison.Ordinal);
            Assert.All(attributes.Values, value => Assert.DoesNotContain("hunter22", value, StringComparison.Ordinal));
            Assert.Empty(attributes.Values.SelectMany(value => Leaks.In(value, Jwt)));
        });
    }

    [Fact]
    public async Task A_long_exception_message_is_cut()
    {
        var (span, log) = await FaultAsync(() => new InvalidOperationException(new string('x', 1_000_000)));

        var fault = Assert.Single(span.Events, item => item.Name == "exception").Attributes;
        Assert.All([fault, log.Attributes],
            attributes =>
                Assert.Equal((1_000, 4_000), (attributes["exception.message"].Length, attributes["exception.stacktrace"].Length)));
    }

    [Fact]
    public async Task A_fault_after_the_response_started_is_recorded()
    {
        await using var collector = await OtlpCollector.Start();
        await using (var service = await StartAsync(collector, app => app.MapGet("/fails", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half of it", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            throw new InvalidOperationException("Then it broke.");
        }).AllowAnonymous()))
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(
                () => service.Http.GetStringAsync(new Uri(service.Address, "/fails"), TestContext.Current.CancellationToken));
        }

        var span = Assert.Single(collector.Spans, span => span.Name == "GET /fails" && span.Events.Count > 0);
        Assert.Equal((2, "Then it broke."), (span.Status, span.Events[0].Attributes["exception.message"]));
    }

    private static async Task<(ReceivedSpan Span, ReceivedLog Log)> FaultAsync(Func<Exception> fault)
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var service = await StartAsync(collector, app => app.MapGet("/fails", string () => throw fault()).AllowAnonymous()))
        {
            trace = (await service.GetAsync("/fails", token: null)).TraceId;
        }

        return (
            Assert.Single(collector.Spans, span => span.TraceId == trace && span.Name == "GET /fails"),
            Assert.Single(collector.Logs, log => log.TraceId == trace && log.EventName == "request.failed"));
    }

    private static async Task<TestService> StartAsync(OtlpCollector collector, Action<WebApplication> map)
    {
        await using var provider = await TestProvider.StartAsync();
        return await TestService.StartAsync(
            provider, "gateway", map, before: builder => builder.Configuration["Dashboard:OtlpEndpoint"] = collector.Address);
    }
}
