using System.Net;
using System.Text;
using System.Text.Json;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

public sealed class ReceiverTests
{
    private const string GatewayKey = "0123456789-gateway";
    private const string AgentKey = "0123456789-agents!";

    private static readonly byte[] OneSpan = OtlpMessage.Traces(
        "gateway", OtlpMessage.Span(1, name: "POST /api", attributes: OtlpMessage.Attribute("agent.id", "gpt4")));

    private static readonly byte[] OneSpanJson = Encoding.UTF8.GetBytes("""
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"gateway"}}]},
          "scopeSpans":[{"scope":{"name":"tests"},"spans":[{
          "traceId":"abababababababababababababababab","spanId":"0000000000000001","name":"POST /api","kind":2,
            "startTimeUnixNano":"1000000000","endTimeUnixNano":2000000000,
          "unknown":{"ignored":true},
          "attributes":[{"key":"agent.id","value":{"stringValue":"gpt4"}},{"key":"n","value":{"intValue":"7"}},{"key":"list",
            "value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":1}]}}}]}]}]}]}
        """);

    [Fact]
    public async Task Protobuf_and_json_give_the_same_span()
    {
        await using var protobuf = await ReceiverHost.StartAsync();
        await using var json = await ReceiverHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await protobuf.StatusAsync(OneSpan));
        Assert.Equal(HttpStatusCode.OK, await json.StatusAsync(OneSpanJson, contentType: "application/json; charset=utf-8"));

        var (first, second) = (Assert.Single(protobuf.Spans), Assert.Single(json.Spans));
        Assert.Equal(("gateway", "POST /api", SpanKind.Server, 1_000_000_000L, 2_000_000_000L, "gpt4"), Facts(first));
        Assert.Equal(Facts(first), Facts(second));
        Assert.Equal("[\"a\",1]", second["list"]);
    }

    [Theory]
    [InlineData("/v1/traces")]
    [InlineData("/v1/logs")]
    [InlineData("/v1/metrics")]
    public async Task Gzip_is_accepted_on_every_path(string path)
    {
        await using var receiver = await ReceiverHost.StartAsync();
        var body = path == "/v1/logs" ? OtlpMessage.Logs("gateway", OtlpMessage.LogRecord("x")) : OneSpan;
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(ReceiverHost.Gzip(body), path, encoding: "gzip"));
    }

    [Fact]
    public async Task Metrics_are_accepted_and_dropped()
    {
        await using var receiver = await ReceiverHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OneSpan, "/v1/metrics"));
        Assert.Equal(0, receiver.Store.Count);
    }

    [Fact]
    public async Task A_log_joins_its_span()
    {
        await using var receiver = await ReceiverHost.StartAsync();
        await receiver.StatusAsync(OtlpMessage.Logs("gateway", OtlpMessage.LogRecord("token_exchange refused")), "/v1/logs");
        Assert.Equal("token_exchange refused", Assert.Single(receiver.Store.Find(ReceiverHost.Trace)!.Logs).Body);
    }

    [Theory]
    [InlineData("application/x-protobuf")]
    [InlineData("application/json")]
    public async Task A_malformed_body_is_a_400_in_the_encoding_of_the_request(string contentType)
    {
        await using var receiver = await ReceiverHost.StartAsync();
        using var response = await receiver.PostAsync([0x0a, 0xff, 0xff], contentType: contentType);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_body_that_is_not_gzip_is_a_400()
    {
        await using var receiver = await ReceiverHost.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await receiver.StatusAsync(OneSpan, encoding: "gzip"));
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-protobuf", "br")]
    public async Task Another_type_or_compression_is_a_415(string contentType, string? encoding)
    {
        await using var receiver = await ReceiverHost.StartAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType,
            await receiver.StatusAsync(OneSpan, contentType: contentType, encoding: encoding));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_a_413()
    {
        await using var receiver = await ReceiverHost.StartAsync(("Otlp:MaxBodyBytes", "1000"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await receiver.StatusAsync(new byte[1001]));
    }

    [Fact]
    public async Task A_zip_bomb_is_a_413()
    {
        await using var receiver = await ReceiverHost.StartAsync(("Otlp:MaxInflatedBytes", "100000"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await receiver.StatusAsync(ReceiverHost.Gzip(new byte[50_000_000]), encoding: "gzip"));
    }

    [Fact]
    public async Task A_busy_receiver_asks_the_sender_to_retry()
    {
        await using var receiver = await ReceiverHost.StartAsync(("Otlp:MaxBytesInFlight", "10"));
        using var response = await receiver.PostAsync(OneSpan);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789-gatewaz")]
    [InlineData("0123456789-gateway0123456789-agents!")]
    public async Task Messages_without_the_right_key_are_refused(string? key)
    {
        await using var receiver = await WithKeysAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusAsync(OneSpan, key: key));
        Assert.Equal(0, receiver.Store.Count);
    }

    [Fact]
    public async Task A_key_is_valid_for_its_own_service_only()
    {
        await using var receiver = await WithKeysAsync();

        using var forged = await receiver.PostAsync(OneSpanJson, contentType: "application/json", key: AgentKey);
        using var answer = JsonDocument.Parse(await forged.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, forged.StatusCode);
        Assert.Equal("1", answer.RootElement.GetProperty("partialSuccess").GetProperty("rejectedSpans").GetString());
        Assert.Empty(receiver.Spans);

        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OneSpan, key: GatewayKey));
        Assert.Equal("gateway", Assert.Single(receiver.Spans).Service);
    }

    [Fact]
    public async Task A_message_without_a_service_name_gets_that_of_its_key()
    {
        await using var receiver = await WithKeysAsync();
        await receiver.StatusAsync(OtlpMessage.Traces(service: null, OtlpMessage.Span(1)), key: AgentKey);
        Assert.Equal("agent-service", Assert.Single(receiver.Spans).Service);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://dashboard:0")]
    public async Task Without_keys_the_receiver_does_not_start_on_a_reachable_address(string url)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReceiverHost.StartAsync(("Otlp:Url", url)));
        Assert.Contains("Otlp:Keys", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_senders_cannot_share_a_key()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => ReceiverHost.StartAsync(("Otlp:Keys:gateway", GatewayKey), ("Otlp:Keys:keycloak", GatewayKey)));
        Assert.Contains("share a key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receivers_own_requests_create_no_span()
    {
        using var spans = new SpanCollector();
        await using var receiver = await ReceiverHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new ByteArrayContent(OneSpan) };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await receiver.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Empty(spans.Of(System.Diagnostics.ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c")));
        Assert.False(response.Headers.Contains("Trace-Id"));
    }

    private static Task<ReceiverHost> WithKeysAsync() =>
        ReceiverHost.StartAsync(("Otlp:Keys:gateway", GatewayKey), ("Otlp:Keys:agent-service", AgentKey));

    private static (string, string, SpanKind, long, long, string?) Facts(Span span) =>
        (span.Service, span.Name, span.Kind, span.Start, span.End, span["agent.id"]);
}
