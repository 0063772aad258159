using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Telemetry;

public sealed class ServerSpanTests
{
    [Theory]
    [InlineData("/items/7", HttpStatusCode.OK, "GET /items/{id}", ActivityStatusCode.Unset)]
    [InlineData("/denied", HttpStatusCode.Forbidden, "GET /denied", ActivityStatusCode.Unset)]
    [InlineData("/broken", HttpStatusCode.BadGateway, "GET /broken", ActivityStatusCode.Error)]
    [InlineData("/throws", HttpStatusCode.InternalServerError, "GET /throws", ActivityStatusCode.Error)]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "GET", ActivityStatusCode.Unset)]
    public async Task A_server_span_has_route_status_and_name_and_is_an_error_only_from_500_on(
        string path, HttpStatusCode status, string name, ActivityStatusCode outcome)
    {
        using var spans = new SpanCollector();
        await using var service = await TestService.StartWithTelemetryAsync(Endpoints);

        using var response = await service.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var span = await ServerSpan(spans, response);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal((name, outcome), (span.DisplayName, span.Status));
        Assert.Equal((int)status, span.GetTagItem(TelemetryNames.Server.StatusCode));
        Assert.Equal("GET", span.GetTagItem(TelemetryNames.Server.Method));
        Assert.Equal(path, span.GetTagItem(TelemetryNames.Server.UrlPath));
        Assert.Equal("http", span.GetTagItem(TelemetryNames.Server.UrlScheme));
        Assert.Equal("127.0.0.1", span.GetTagItem(TelemetryNames.Server.ServerAddress));
        Assert.Equal("1.1", span.GetTagItem(TelemetryNames.Server.ProtocolVersion));
    }

    [Fact]
    public async Task A_caller_that_disconnects_is_499_and_not_an_error()
    {
        using var spans = new SpanCollector();
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await TestService.StartWithTelemetryAsync(app => app.MapGet("/slow", async (HttpContext context) =>
        {
            arrived.SetResult(Activity.Current!.TraceId.ToHexString());
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }));
        using var impatience = new CancellationTokenSource();

        var call = service.Http.GetAsync("/slow", impatience.Token);
        var trace = ActivityTraceId.CreateFromString(await arrived.Task);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var span = Assert.Single(await spans.Of(trace, 1, TestContext.Current.CancellationToken));

        Assert.Equal(("GET /slow", 499), (span.DisplayName, span.GetTagItem(TelemetryNames.Server.StatusCode)));
        Assert.Equal((ActivityStatusCode.Unset, null), (span.Status, span.GetTagItem(TelemetryNames.Server.ErrorType)));
    }

    [Fact]
    public async Task The_callers_sampled_flag_is_honored_behind_the_gateway()
    {
        using var spans = new SpanCollector();
        await using var service = await TestService.StartWithTelemetryAsync(Endpoints);
        var (off, on) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        foreach (var header in new[] { $"00-{off}-b7ad6b7169203331-00", $"00-{on}-b7ad6b7169203331-01" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/denied");
            request.Headers.TryAddWithoutValidation("traceparent", header);
            (await service.Http.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }

        Assert.Single(await spans.Of(on, 1, TestContext.Current.CancellationToken));
        Assert.Empty(spans.Of(off));
    }

    private static void Endpoints(WebApplication app)
    {
        app.MapGet("/items/{id}", (string id) => id);
        app.MapGet("/denied", () => Results.StatusCode(403));
        app.MapGet("/broken", () => Results.StatusCode(502));
        app.MapGet("/throws", string () => throw new InvalidOperationException("secret"));
    }

    private static async Task<Activity> ServerSpan(SpanCollector spans, HttpResponseMessage response)
    {
        var trace = ActivityTraceId.CreateFromString(response.Headers.GetValues("Trace-Id").Single());
        return (await spans.Of(trace, 1, TestContext.Current.CancellationToken)).Single(span => span.Kind == ActivityKind.Server);
    }
}
