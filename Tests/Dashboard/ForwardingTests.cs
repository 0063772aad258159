using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Dashboard.Receiver;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What the receiver forwards to another OTLP endpoint, and what not.</summary>
public sealed class ForwardingTests
{
    private static readonly byte[] OfKeycloak =
        OtlpMessage.Traces("keycloak", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("http.route", "/realms/{realm}")));

    private static byte[] Named(string service) => OtlpMessage.Attribute("service.name", service);

    private static byte[] Resource(params byte[][] attributes) =>
        OtlpMessage.Of(request => OtlpMessage.Bytes(request, 1, OtlpMessage.Of(spans =>
    {
        OtlpMessage.Bytes(spans, 1, OtlpMessage.Of(resource =>
        {
            foreach (var attribute in attributes)
            {
                OtlpMessage.Bytes(resource, 1, attribute);
            }
        }));
        OtlpMessage.Bytes(spans, 2, OtlpMessage.Of(scope => OtlpMessage.Bytes(scope, 2, OtlpMessage.Span(1))));
    })));

    private static readonly byte[] Last = OtlpMessage.Traces("keycloak", OtlpMessage.Span(2, name: "last"));

    [Fact]
    public async Task A_message_of_a_sender_outside_the_configured_list_is_not_forwarded() =>
        await IsNotForwardedAsync(HttpStatusCode.OK, OtlpMessage.Traces("gateway", OtlpMessage.Span(1)), key: ForwardTarget.GatewayKey);

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789-keycloaK")]
    public async Task A_message_without_the_right_key_is_not_forwarded(string? key) =>
        await IsNotForwardedAsync(HttpStatusCode.Unauthorized, OfKeycloak, key: key);

    [Fact]
    public async Task A_malformed_message_is_not_forwarded() => await IsNotForwardedAsync(HttpStatusCode.BadRequest, OfKeycloak[..^1]);

    [Fact]
    public async Task A_message_that_names_another_service_is_not_forwarded() =>
        await IsNotForwardedAsync(HttpStatusCode.OK, OtlpMessage.Traces("gateway", OtlpMessage.Span(1)));

    /// <summary>Names that this receiver reads as <c>keycloak</c>, and another might read as <c>gateway</c>.</summary>
    public static TheoryData<string, byte[]> Ambiguous => new()
    {
        { "two names", Resource(Named("keycloak"), Named("gateway")) },
        { "an empty one first", Resource(Named(""), Named("gateway")) },
        { "one behind many attributes",
            Resource([.. Enumerable.Range(0, 64).Select(i => OtlpMessage.Attribute($"a{i}", "x")), Named("gateway")]) },
        { "no name", Resource() },
        { "a value twice", Resource(OtlpMessage.Of(pair =>
            {
                OtlpMessage.Text(pair, 1, "service.name");
                OtlpMessage.Bytes(pair, 2, OtlpMessage.Of(value => OtlpMessage.Text(value, 1, "gateway")));
                OtlpMessage.Bytes(pair, 2, []);
            })) },
        { "two resources", OtlpMessage.Of(request => OtlpMessage.Bytes(request, 1, OtlpMessage.Of(spans =>
            {
                OtlpMessage.Bytes(spans, 1, OtlpMessage.Of(resource => OtlpMessage.Bytes(resource, 1, Named("keycloak"))));
                OtlpMessage.Bytes(spans, 1, OtlpMessage.Of(resource => OtlpMessage.Bytes(resource, 1, Named("gateway"))));
                OtlpMessage.Bytes(spans, 2, OtlpMessage.Of(scope => OtlpMessage.Bytes(scope, 2, OtlpMessage.Span(1))));
            }))) },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public void A_message_with_resources_of_other_senders_is_dropped(string what, byte[] message)
    {
        var queue = new ForwardQueue();
        queue.Open(["keycloak"]);
        var sender = new Sender("keycloak");

        queue.Offer(sender, message);
        Assert.Equal((0, 1L), (queue.Count, queue.Dropped));
        queue.Offer(sender, Resource(Named("keycloak"), OtlpMessage.Attribute("host.name", what)));
        Assert.Equal((1, 1L), (queue.Count, queue.Dropped));
    }

    [Fact]
    public async Task A_message_without_spans_is_not_forwarded() => await IsNotForwardedAsync(HttpStatusCode.OK, []);

    [Theory]
    [InlineData("/v1/logs")]
    [InlineData("/v1/metrics")]
    public async Task Logs_and_metrics_are_not_forwarded(string path) =>
        await IsNotForwardedAsync(HttpStatusCode.OK, OtlpMessage.Logs("keycloak", OtlpMessage.LogRecord("x")), path);

    [Fact]
    public async Task A_json_message_is_not_forwarded() => await IsNotForwardedAsync(
        HttpStatusCode.OK,
        Encoding.UTF8.GetBytes("""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"abababababababababababababababab","spanId":"0000000000000001"}]}]}]}
            """),
        contentType: "application/json");

    [Fact]
    public async Task Nothing_is_kept_where_no_endpoint_is_configured()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var receiver = await ReceiverHost.StartAsync([.. target.Settings, ("OTEL_EXPORTER_OTLP_ENDPOINT", "")]);
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OfKeycloak, key: ForwardTarget.KeycloakKey));
        var queue = receiver.Services.GetRequiredService<ForwardQueue>();
        Assert.Equal((0, 0, 0), (queue.Count, queue.Bytes, queue.Dropped));
    }

    [Theory]
    [InlineData("http://127.0.0.1:4317")]
    [InlineData("")]
    public async Task A_sender_without_a_key_prevents_startup(string endpoint)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReceiverHost.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("Otlp:Keys:keycloak", ForwardTarget.KeycloakKey),
            ("Otlp:Forward:0", "keycloak"),
            ("Otlp:Forward:1", "keycloack")));
        Assert.Equal("Otlp:Forward names 'keycloack', which has no key: set Otlp:Keys:keycloack.", failure.Message);
    }

    [Theory]
    [InlineData("s3cret")]
    [InlineData("=s3cret")]
    [InlineData("na me=s3cret")]
    [InlineData("name=s3cret%0d%0aother:%20header")]
    [InlineData("name=s3cret%C3%A9")]
    public async Task Malformed_headers_prevent_startup_without_being_shown(string headers)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => ReceiverHost.StartAsync([.. target.Settings, ("OTEL_EXPORTER_OTLP_HEADERS", headers)]));
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS must be", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_grpc_the_endpoint_gets_the_bytes_that_were_sent()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        await using var receiver = await ReceiverHost.StartAsync(target.Settings);
        await receiver.StatusAsync(OfKeycloak, key: ForwardTarget.KeycloakKey);

        var delivery = await target.NextAsync();
        Assert.Equal(("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "HTTP/2"), (delivery.Path, delivery.Protocol));
        Assert.Equal(("application/grpc", "trailers"), (delivery.Headers["content-type"], delivery.Headers["te"]));
        Assert.Equal(OfKeycloak, delivery.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_http_the_endpoint_gets_the_bytes_that_were_sent_decompressed(bool gzip)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var receiver = await ReceiverHost.StartAsync(target.Settings);
        var body = gzip ? ReceiverHost.Gzip(OfKeycloak) : OfKeycloak;
        await receiver.StatusAsync(body, encoding: gzip ? "gzip" : null, key: ForwardTarget.KeycloakKey);

        var delivery = await target.NextAsync();
        Assert.Equal(("/v1/traces", "HTTP/1.1"), (delivery.Path, delivery.Protocol));
        Assert.Equal("application/x-protobuf", delivery.Headers["content-type"]);
        Assert.Equal(OfKeycloak, delivery.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_endpoint_gets_its_own_headers_decoded_and_not_the_key_of_the_sender(bool isGrpc)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc);
        await using var receiver = await ReceiverHost.StartAsync(
            [.. target.Settings, ("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=a%2Cb%3D=, tenant = one ,")]);
        await receiver.StatusAsync(OfKeycloak, key: ForwardTarget.KeycloakKey);

        var delivery = await target.NextAsync();
        Assert.Equal(("a,b==", "one"), (delivery.Headers["x-otlp-api-key"], delivery.Headers["tenant"]));
    }

    [Fact]
    public async Task Query_strings_and_tokens_are_removed_before_a_message_is_forwarded()
    {
        const string jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        await using var receiver = await ReceiverHost.StartAsync(target.Settings);
        var sent = OtlpMessage.Span(
            1,
            2,
            $"GET {jwt}",
            OtlpMessage.Attribute("url.query", $"id_token_hint={jwt}"),
            OtlpMessage.Attribute("url.full", "http://idp/auth?session_code=1"),
            OtlpMessage.Attribute("url.path", "/auth"));
        await receiver.StatusAsync(OtlpMessage.Traces("keycloak", sent), key: ForwardTarget.KeycloakKey);

        var span = Assert.Single(ReceivedSpan.Read((await target.NextAsync()).Message));
        Assert.Equal(("keycloak", "GET [redacted]", "0000000000000001"), (span.Service, span.Name, span.SpanId));
        Assert.Equal(new Dictionary<string, string> { ["url.full"] = "http://idp/auth", ["url.path"] = "/auth" }, span.Attributes);
    }

    [Fact]
    public async Task Forwarding_leaves_no_span_no_metric_and_no_trace_header()
    {
        var seen = new ConcurrentBag<(string What, object? Port)>();
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => seen.Add(("span", span.GetTagItem("server.port"))),
        };
        ActivitySource.AddActivityListener(spans);
        using var metrics = new MeterListener { InstrumentPublished = Listen };
        metrics.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => seen.Add(("metric", tags.ToArray().FirstOrDefault(tag => tag.Key == "server.port").Value)));
        metrics.Start();
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var other = await ForwardTarget.StartAsync(isGrpc: false);
        await using var receiver = await ReceiverHost.StartAsync(target.Settings);
        await receiver.StatusAsync(OfKeycloak, key: ForwardTarget.KeycloakKey);
        await receiver.StopAsync();
        using (var ordinary = new HttpClient())
        {
            (await ordinary.GetAsync(other.Address, TestContext.Current.CancellationToken)).Dispose();
        }

        Assert.Equal(["metric", "span"], seen.Where(item => Equals(item.Port, other.Address.Port)).Select(item => item.What).Order());
        Assert.DoesNotContain(seen, item => Equals(item.Port, target.Address.Port));
        Assert.DoesNotContain("traceparent", (await target.NextAsync()).Headers.Keys);
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        // The pipeline exports the meter of this name; the exporters' own clients use another.
        if ((instrument.Meter.Name, instrument.Name) is ("System.Net.Http", "http.client.request.duration"))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    /// <summary>Messages are forwarded in order, so the one before the last would have arrived before it.</summary>
    private static async Task IsNotForwardedAsync(
        HttpStatusCode answer,
        byte[] message,
        string path = "/v1/traces",
        string contentType = "application/x-protobuf",
        string? key = ForwardTarget.KeycloakKey)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var receiver = await ReceiverHost.StartAsync(target.Settings);
        Assert.Equal(answer, await receiver.StatusAsync(message, path, contentType, key: key));
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(Last, key: ForwardTarget.KeycloakKey));
        await receiver.StopAsync();
        Assert.Equal(Last, Assert.Single(target.Rest()).Message);
    }
}
