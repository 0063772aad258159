using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.Tests.Telemetry;

public sealed class QuietRequestsTests
{
    private static readonly string[] Quiet = ["/health", "/alive", "/v1/traces", "/v1/logs", "/v1/metrics"];

    [Fact]
    public async Task Probes_and_deliveries_make_no_spans_and_no_request_metrics()
    {
        using var durations = new Durations("http.server.request.duration");
        using var spans = new SpanCollector();
        await using var collector = await OtlpCollector.Start();
        IMeterFactory meters;
        int port;
        await using (var service = await TestService.StartWithTelemetryAsync(Endpoints, Exporting(collector)))
        {
            meters = service.Services.GetRequiredService<IMeterFactory>();
            port = service.Address.Port;
            foreach (var path in Quiet.Append("/work"))
            {
                Assert.Equal("done", await service.Http.GetStringAsync(path, TestContext.Current.CancellationToken));
            }
        }

        var names = collector.Spans.Where(span => span.Attributes.GetValueOrDefault("server.port") == port.ToString())
            .Select(span => span.Name);
        Assert.Equal(["GET /work"], names);
        Assert.Equal(["/work"], durations.Of(meters).Select(tags => tags["http.route"]));
    }

    [Fact]
    public async Task A_quiet_request_returns_no_trace_id()
    {
        await using var service = await TestService.StartWithTelemetryAsync(Endpoints);

        using var response = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.False(response.Headers.Contains("Trace-Id"));
    }

    [Fact]
    public async Task Exporting_creates_no_spans_or_metrics_of_its_own()
    {
        using var durations = new Durations("http.client.request.duration");
        await using var collector = await OtlpCollector.Start();
        await using var work = await TestService.StartWithTelemetryAsync(Endpoints);
        await using (var service = await TestService.StartWithTelemetryAsync(Calling(work.Address), Exporting(collector)))
        {
            (await service.Http.GetAsync("/call", TestContext.Current.CancellationToken)).Dispose();
        }

        var receiver = new Uri(collector.Address).Port;
        Assert.NotEmpty(collector.Deliveries);
        Assert.Contains(durations.All, tags => Equals(tags["server.port"], work.Address.Port));
        Assert.DoesNotContain(durations.All, tags => Equals(tags["server.port"], receiver));
        Assert.Contains(collector.Spans,
            span => span.Kind == 3 && span.Attributes["server.port"] == work.Address.Port.ToString());
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.GetValueOrDefault("server.port") == receiver.ToString());
        Assert.All(collector.Deliveries, delivery => Assert.False(delivery.Headers.ContainsKey("traceparent")));
    }

    private static void Endpoints(WebApplication app)
    {
        foreach (var path in Quiet.Append("/work"))
        {
            app.MapGet(path, () => "done");
        }
    }

    private static Action<WebApplication> Calling(Uri target) => app => app.MapGet(
        "/call", async (IHttpClientFactory clients, CancellationToken cancellationToken) =>
        {
            using var client = clients.CreateClient();
            return await client.GetStringAsync(new Uri(target, "/work"), cancellationToken);
        });

    private static Dictionary<string, string?> Exporting(OtlpCollector collector) => new()
    {
        ["Dashboard:OtlpEndpoint"] = collector.Address,
    };

    /// <summary>The labels of each measurement of one histogram.</summary>
    private sealed class Durations : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(object? Owner, IReadOnlyDictionary<string, object?> Labels)> _measured = new();

        public Durations(string instrument)
        {
            _listener.InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument && !published.Meter.Name.StartsWith("exporter.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(published);
                }
            };
            _listener.SetMeasurementEventCallback<double>(
                (published, _, tags, _) => _measured.Enqueue(
                    (published.Meter.Scope, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value))));
            _listener.Start();
        }

        public IEnumerable<IReadOnlyDictionary<string, object?>> All => _measured.Select(item => item.Labels);

        public IEnumerable<IReadOnlyDictionary<string, object?>> Of(IMeterFactory owner) =>
            _measured.Where(item => ReferenceEquals(item.Owner, owner)).Select(item => item.Labels);

        public void Dispose() => _listener.Dispose();
    }
}
