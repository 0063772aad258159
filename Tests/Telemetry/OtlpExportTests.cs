using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Tests.Telemetry;

/// <summary>What leaves a service by OTLP, seen from real receivers.</summary>
public sealed partial class OtlpExportTests
{
    private const string Jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    [Fact]
    public async Task Two_endpoints_are_fed_separately_each_with_its_own_headers()
    {
        await using var standard = await OtlpCollector.Start();
        await using var dashboard = await OtlpCollector.Start();
        var settings = FlushedAtStop(standard);
        settings["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=of-the-first,tenant=one";
        settings["Dashboard:OtlpEndpoint"] = $"{dashboard.Address}/";
        settings["Dashboard:OtlpApiKey"] = "of the second, = and all";
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, settings))
        {
            trace = await TraceOf(service, "/log");
        }

        foreach (var collector in new[] { standard, dashboard })
        {
            var span = Assert.Single(collector.Spans, span => span.TraceId == trace);
            Assert.Equal(("GET /log", "exporting-service"), (span.Name, span.Service));
            Assert.Contains(collector.Logs, log => log.TraceId == trace);
            Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"],
                collector.Deliveries.Select(delivery => delivery.Path).Distinct().Order());
            Assert.All(collector.Deliveries, delivery => Assert.Equal("application/x-protobuf", delivery.Headers["Content-Type"]));
        }
        Assert.All(standard.Deliveries,
            delivery => Assert.Equal(("of-the-first", "one"), (delivery.Headers["x-otlp-api-key"], delivery.Headers["tenant"])));
        Assert.All(dashboard.Deliveries, delivery => Assert.Equal(
            ("of the second, = and all", false), (delivery.Headers["x-otlp-api-key"], delivery.Headers.ContainsKey("tenant"))));
    }

    [Fact]
    public void The_dashboards_exporter_ignores_the_standard_variables()
    {
        var names = new[] { "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL" };
        try
        {
            Environment.SetEnvironmentVariable(names[0], "x-otlp-api-key=of-the-first");
            Environment.SetEnvironmentVariable(names[1], "grpc");
            var endpoint = Assert.Single(
                OtlpEndpoint.From(new ConfigurationManager { ["Dashboard:OtlpEndpoint"] = "http://127.0.0.1:4318" }));

            var options = endpoint.OptionsFor("traces");

            Assert.Equal(("", OtlpExportProtocol.HttpProtobuf), (options.Headers, options.Protocol));
            Assert.Equal("http://127.0.0.1:4318/v1/traces", options.Endpoint.AbsoluteUri);
        }
        finally
        {
            Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, null));
        }
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("Dashboard:OtlpEndpoint", "ftp://localhost")]
    public async Task A_malformed_endpoint_prevents_startup(string setting, string value) =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestService.StartWithTelemetryAsync(Endpoints, new() { [setting] = value }));

    [Fact]
    public async Task An_unreachable_endpoint_loses_only_its_own_spans()
    {
        await using var reachable = await OtlpCollector.Start();
        var settings = FlushedAtStop(reachable);
        settings["Dashboard:OtlpEndpoint"] = $"http://127.0.0.1:{FreePorts.NextPort()}";
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, settings))
        {
            trace = await TraceOf(service, "/log");
        }

        Assert.Single(reachable.Spans, span => span.TraceId == trace);
    }

    [Fact]
    public async Task A_log_record_has_event_name_trace_and_no_token()
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, FlushedAtStop(collector)))
        {
            trace = await TraceOf(service, "/log");
        }

        var record = Assert.Single(collector.Logs, log => log.TraceId == trace);
        Assert.Equal("test.happened", record.EventName);
        Assert.Equal("Somebody sent [redacted] here", record.Body);
        Assert.Equal(16, record.SpanId.Length);
        Assert.Empty(
            collector.Deliveries.Where(delivery =>
                Encoding.Latin1.GetString(delivery.Body).Contains(trace[..8], StringComparison.Ordinal) || delivery.Path == "/v1/logs")
            .SelectMany(delivery => Leaks.In(delivery, Jwt)));
    }

    [Fact]
    public async Task A_token_in_a_path_or_user_agent_is_in_no_exported_span()
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, FlushedAtStop(collector)))
        {
            service.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"agent/{Jwt}");
            trace = await TraceOf(service, $"/echo/{Jwt}");
        }

        var span = Assert.Single(collector.Spans, span => span.TraceId == trace);
        Assert.Equal("/echo/[redacted]", span.Attributes["url.path"]);
        Assert.Equal("agent/[redacted]", span.Attributes["user_agent.original"]);
        Assert.Empty(Leaks.In(span, Jwt));
    }

    [Fact]
    public async Task The_resource_has_service_name_version_and_instance()
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, FlushedAtStop(collector)))
        {
            trace = await TraceOf(service, "/log");
        }

        var resource = collector.Spans.First(span => span.TraceId == trace).Resource;
        Assert.Equal("exporting-service", resource["service.name"]);
        Assert.True(Guid.TryParse(resource["service.instance.id"], out _));
        Assert.NotEqual("", resource["service.version"]);
    }

    [Fact]
    public async Task A_batch_is_exported_after_the_configured_delay_while_the_service_runs()
    {
        await using var collector = await OtlpCollector.Start();
        var settings = FlushedAtStop(collector);
        settings["OTEL_BSP_SCHEDULE_DELAY"] = settings["OTEL_BLRP_SCHEDULE_DELAY"] = "50";
        await using var service = await TestService.StartWithTelemetryAsync(Endpoints, settings);

        var trace = await TraceOf(service, "/log");

        Assert.Single(await collector.Trace(trace, 1, TestContext.Current.CancellationToken));
        await collector.Wait(received => received.Logs.FirstOrDefault(log => log.TraceId == trace), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_disabled_sdk_sends_nothing()
    {
        await using var collector = await OtlpCollector.Start();
        var settings = FlushedAtStop(collector);
        settings["OTEL_SDK_DISABLED"] = "true";
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, settings))
        {
            (await service.Http.GetAsync("/log", TestContext.Current.CancellationToken)).Dispose();
        }

        Assert.Empty(collector.Deliveries);
    }

    /// <summary>Delays so long that only the flush at the stop can have sent something.</summary>
    private static Dictionary<string, string?> FlushedAtStop(OtlpCollector collector) => new()
    {
        ["OTEL_SERVICE_NAME"] = "exporting-service",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "600000",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "600000",
    };

    private static void Endpoints(WebApplication app)
    {
        app.MapGet("/log", (ILogger<OtlpExportTests> logger) => LogHappened(logger, Jwt));
        app.MapGet("/echo/{text}", (string text) => text.Length);
    }

    private static async Task<string> TraceOf(TestService service, string path)
    {
        using var response = await service.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("Trace-Id").Single();
    }

    [LoggerMessage(EventName = "test.happened", Level = LogLevel.Warning, Message = "Somebody sent {What} here")]
    private static partial void LogHappened(ILogger logger, string what);
}
