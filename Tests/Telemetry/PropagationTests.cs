using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.Tests.Telemetry;

/// <summary>Two services on real ports: the first calls the second (and, where a test says so, a host outside the system).</summary>
public sealed class PropagationTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";
    private static readonly string[] TraceHeaders = ["traceparent", "tracestate", "sw8", "baggage", "Correlation-Context", "Request-Id"];

    [Fact]
    public async Task Two_services_that_call_each_other_join_one_trace()
    {
        using var spans = new SpanCollector();
        await using var second = await TestService.StartWithTelemetryAsync(Echo);
        await using var first = await TestService.StartWithTelemetryAsync(CallingOn(second.Address), Knowing(second));

        using var response = await first.Http.GetAsync("/call", TestContext.Current.CancellationToken);
        var trace = await spans.Of(TraceIdOf(response), 3, TestContext.Current.CancellationToken);

        Assert.Equal(["GET /call", "GET", "GET /echo"], trace.Select(span => span.DisplayName));
        Assert.Equal([ActivityKind.Server, ActivityKind.Client, ActivityKind.Server], trace.Select(span => span.Kind));
        Assert.Equal([default, trace[0].SpanId, trace[1].SpanId], trace.Select(span => span.ParentSpanId));
    }

    [Fact]
    public async Task A_host_outside_the_system_gets_no_trace_context()
    {
        await using var outside = await TestService.StartWithTelemetryAsync(Echo);
        await using var inside = await TestService.StartWithTelemetryAsync(CallingOn(outside.Address));

        Assert.Equal("", await Call(inside, ("traceparent", $"00-{Trace}-{Parent}-01"), ("tracestate", "a=1")));
    }

    [Theory]
    [InlineData("03", "03")]
    [InlineData("01", "01")]
    [InlineData("00", "00")]
    [InlineData("02", "02")]
    public async Task Trace_id_state_and_flags_are_propagated_and_baggage_is_not(string flags, string expected)
    {
        await using var second = await TestService.StartWithTelemetryAsync(Echo);
        await using var first = await TestService.StartWithTelemetryAsync(CallingOn(second.Address), Knowing(second));

        var seen = await Call(
            first, ("traceparent", $"00-{Trace}-{Parent}-{flags}"), ("tracestate", " a=1 ,, b=2"), ("baggage", "user=alice"),
            ("Correlation-Context", "user=alice"));

        Assert.Matches($"^traceparent: 00-{Trace}-[0-9a-f]{{16}}-{expected}\ntracestate: a=1,b=2\n$", seen);
    }

    [Theory]
    [InlineData("00-XYZ-1-01")]
    [InlineData($"ff-{Trace}-{Parent}-01")]
    public async Task An_invalid_traceparent_begins_a_new_random_trace_without_the_state(string header)
    {
        await using var second = await TestService.StartWithTelemetryAsync(Echo);
        await using var first = await TestService.StartWithTelemetryAsync(CallingOn(second.Address), Knowing(second));

        var seen = await Call(first, ("traceparent", header), ("tracestate", "a=1"), ("sw8", Sw8Of(Trace)));

        Assert.Matches("^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-03\n$", seen);
        Assert.DoesNotContain(Trace, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_traceparents_are_ignored()
    {
        await using var second = await TestService.StartWithTelemetryAsync(Echo);
        await using var first = await TestService.StartWithTelemetryAsync(CallingOn(second.Address), Knowing(second));

        var seen = await Call(first, ("traceparent", $"00-{Trace}-{Parent}-01"), ("traceparent", $"00-{Trace}-{Parent}-01"));

        Assert.Matches("^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-03\n$", seen);
        Assert.DoesNotContain(Trace, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sw8_is_read_if_there_is_no_traceparent_and_written_if_configured()
    {
        await using var second = await TestService.StartWithTelemetryAsync(Echo);
        var settings = Knowing(second);
        settings["Telemetry:Sw8"] = "true";
        await using var first = await TestService.StartWithTelemetryAsync(CallingOn(second.Address), settings);

        var seen = await Call(first, ("sw8", Sw8Of(Trace)));

        Assert.Matches($"^traceparent: 00-{Trace}-[0-9a-f]{{16}}-01\nsw8: 1-{Base64(Trace)}-[A-Za-z0-9+/=]+-0-", seen);
    }

    private static async Task<string> Call(TestService service, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/call");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static void Echo(WebApplication app) => app.MapGet("/echo", (HttpRequest request) => string.Concat(
        TraceHeaders.Where(name => request.Headers.ContainsKey(name)).Select(name => $"{name}: {request.Headers[name]}\n")));

    /// <summary>Passes the incoming trace headers on by hand as well, as a careless proxy would.</summary>
    private static Action<WebApplication> CallingOn(Uri target) => app => app.MapGet(
        "/call", async (HttpRequest incoming, IHttpClientFactory clients, CancellationToken cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target, "/echo"));
            foreach (var name in TraceHeaders[..3].Where(name => incoming.Headers.ContainsKey(name)))
            {
                request.Headers.TryAddWithoutValidation(name, incoming.Headers[name].ToString());
            }

            using var client = clients.CreateClient();
            using var response = await client.SendAsync(request, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        });

    private static Dictionary<string, string?> Knowing(TestService other) => new()
    {
        ["services:other:http:0"] = other.Address.ToString(),
    };

    private static ActivityTraceId TraceIdOf(HttpResponseMessage response) =>
        ActivityTraceId.CreateFromString(response.Headers.GetValues("Trace-Id").Single());

    private static string Sw8Of(string trace) =>
        $"1-{Base64(trace)}-{Base64("segment")}-3-{Base64("legacy")}-{Base64("one")}-{Base64("/old")}-{Base64("host:80")}";

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
