using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Telemetry;

/// <summary>However much somebody puts into a span or a log record, only so much leaves.</summary>
public sealed partial class TelemetryLimitsTests
{
    private static readonly string Long = new('x', 6_000);

    [Fact]
    public async Task No_value_of_a_span_event_link_or_log_and_no_body_is_longer_than_4096_characters()
    {
        var (server, own, log) = await ReceivedAsync([]);

        Assert.Equal(4_096, server.Attributes["url.path"].Length);
        Assert.Equal((4_096, 4_096), (own.Attributes["long"].Length, own.Events[0].Attributes["long"].Length));
        Assert.Equal(4_096, log.Attributes["What"].Length);
        Assert.Equal((4_096, Long[..100]), (log.Body.Length, log.Body[^100..]));
        Assert.StartsWith("Somebody sent x", log.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_span_has_more_than_128_attributes_events_or_links()
    {
        var (_, own, _) = await ReceivedAsync([]);

        Assert.Equal((128, 128, 128), (own.Attributes.Count, own.Events.Count, own.Links.Count));
        Assert.Equal(128, own.Events[1].Attributes.Count);
    }

    [Fact]
    public async Task OpenTelemetry_settings_change_the_limits()
    {
        var (server, own, log) = await ReceivedAsync(new()
        {
            ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = "100",
            ["OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = "50",
            ["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"] = "12",
            ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"] = "3",
            ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "5",
            ["OTEL_SPAN_LINK_COUNT_LIMIT"] = "4",
        });

        Assert.Equal((100, 50), (server.Attributes["url.path"].Length, log.Attributes["What"].Length));
        Assert.Equal((12, 5, 4, 3), (own.Attributes.Count, own.Events.Count, own.Links.Count, own.Events[1].Attributes.Count));
    }

    private static async Task<(ReceivedSpan Server, ReceivedSpan Own, ReceivedLog Log)> ReceivedAsync(Dictionary<string, string?> settings)
    {
        await using var collector = await OtlpCollector.Start();
        settings["Dashboard:OtlpEndpoint"] = collector.Address;
        string trace;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, settings))
        {
            using var response = await service.Http.GetAsync($"/{Long}", TestContext.Current.CancellationToken);
            trace = response.Headers.GetValues("Trace-Id").Single();
        }

        var spans = collector.Spans.Where(span => span.TraceId == trace).ToList();
        return (spans.Single(span => span.Kind == 2), spans.Single(span => span.Name == "crowded"),
            collector.Logs.Single(log => log.TraceId == trace));
    }

    private static void Endpoints(WebApplication app) => app.MapGet("/{path}", (ILogger<TelemetryLimitsTests> logger) =>
    {
        using var span = Instrumentation.Source.StartActivity("crowded");
        Assert.NotNull(span);
        span.SetTag("long", Long);
        span.AddEvent(new ActivityEvent("first", tags: new() { ["long"] = Long }));
        span.AddEvent(new ActivityEvent(
            "second", tags: [.. Enumerable.Range(0, 200).Select(number => KeyValuePair.Create($"a{number}", (object?)number))]));
        for (var number = 0; number < 200; number++)
        {
            span.SetTag($"a{number}", number);
            span.AddEvent(new ActivityEvent($"e{number}"));
            span.AddLink(new ActivityLink(
                new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)));
        }

        LogLong(logger, Long);
    });

    [LoggerMessage(EventName = "test.long", Level = LogLevel.Warning, Message = "Somebody sent {What}")]
    private static partial void LogLong(ILogger logger, string what);
}
