using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

public sealed class HostileTelemetryTests
{
    private const string Jwt =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJhbGljZSIsImF1ZCI6ImdhdGV3YXkifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    [Fact]
    public void Random_bytes_are_refused_or_read_without_any_other_failure() => Holds(
        ArbMap.Default.GeneratorFor<byte[]>().Zip(Gen.Elements(Combinations)), given => TryRead(given.Item2, given.Item1));

    [Fact]
    public void A_real_message_with_one_byte_changed_is_refused_or_read() => Holds(
        Gen.Choose(0, Sample.Length - 1).Zip(Gen.Choose(0, 255)),
        given =>
        {
            var changed = (byte[])Sample.Clone();
            changed[given.Item1] = (byte)given.Item2;
            return TryRead((Signal.Traces, false), changed);
        });

    [Fact]
    public void A_real_message_cut_anywhere_is_refused_or_read() => Holds(
        Gen.Choose(0, Sample.Length), length => TryRead((Signal.Traces, false), Sample[..length]));

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[1]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":5}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"server"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"\ud800"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":{"boolValue":"yes"}}]}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":{"doubleValue":"1e"}}]}]}]}]}""")]
    public void Json_of_the_wrong_shape_is_refused(string json) =>
        Assert.True(Refused(() => Read((Signal.Traces, true), Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Deep_nesting_is_cut_in_protobuf_and_refused_in_json()
    {
        var intake = Read((Signal.Traces, false),
            OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("deep", OtlpMessage.Nested(5_000)))));
        Assert.Equal(1, intake.Cut);
        Assert.DoesNotContain("innermost", Assert.Single(intake.Spans)["deep"]!, StringComparison.Ordinal);

        Assert.True(Refused(() => Read((Signal.Traces, true), Encoding.UTF8.GetBytes(new string('[', 100_000)))));
    }

    [Fact]
    public void A_value_of_a_mebibyte_is_cut_and_counted()
    {
        var intake = Read((Signal.Traces, false),
            OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("big", new string('x', 1 << 20)))));
        Assert.Equal(1, intake.Cut);
        Assert.Equal(Intake.MaxValue, Assert.Single(intake.Spans)["big"]!.Length);
    }

    [Fact]
    public void A_value_is_never_cut_inside_a_character()
    {
        var intake = Read((Signal.Traces, false),
            OtlpMessage.Traces(
                "a", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("face", "x" + string.Concat(Enumerable.Repeat("😀", 3_000))))));
        var kept = Assert.Single(intake.Spans)["face"]!;
        Assert.Equal(kept, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)));
    }

    [Fact]
    public void A_hundred_thousand_attributes_are_cut_to_a_few()
    {
        var attributes = Enumerable.Range(0, 100_000).Select(index => OtlpMessage.Attribute($"k{index}", "v")).ToArray();
        var intake = Read((Signal.Traces, false), OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: attributes)));
        Assert.Equal(Intake.MaxAttributes, Assert.Single(intake.Spans).Attributes.Length);
        Assert.Equal(100_000 - Intake.MaxAttributes, intake.Cut);
    }

    [Fact]
    public void Spans_over_the_limit_of_a_request_are_rejected_by_count()
    {
        var spans = Enumerable.Range(1, Intake.MaxItems + 5).Select(id => OtlpMessage.Span((ulong)id)).ToArray();
        var intake = Read((Signal.Traces, false), OtlpMessage.Traces("a", spans));
        Assert.Equal((Intake.MaxItems, 5), (intake.Spans.Count, intake.Rejected));
    }

    [Fact]
    public void A_span_without_ids_is_rejected()
    {
        var intake = Read((Signal.Traces, false), OtlpMessage.Traces("a", OtlpMessage.Of(span => OtlpMessage.Text(span, 5, "nameless"))));
        Assert.Equal((0, 1), (intake.Spans.Count, intake.Rejected));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_read_with_replacement_characters()
    {
        var broken = OtlpMessage.Of(attribute =>
        {
            OtlpMessage.Text(attribute, 1, "k");
            OtlpMessage.Bytes(attribute, 2, OtlpMessage.Of(any => OtlpMessage.Bytes(any, 1, [0x61, 0xff, 0xc0, 0x62])));
        });
        Assert.Equal("a\ufffd\ufffdb",
            Assert.Single(Read((Signal.Traces, false), OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: broken))).Spans)["k"]);
    }

    [Fact]
    public async Task A_token_is_removed_at_any_position()
    {
        var nested =
            OtlpMessage.Of(any => OtlpMessage.Bytes(
                any, 5, OtlpMessage.Of(array => OtlpMessage.Bytes(array, 1, OtlpMessage.Of(value => OtlpMessage.Text(value, 1, Jwt))))));
        var intake = Read((Signal.Traces, false), OtlpMessage.Traces("a", OtlpMessage.Span(
            1, name: $"GET /{Jwt}", attributes: [OtlpMessage.Attribute("authorization", $"Bearer {Jwt}"), OtlpMessage.Attribute(Jwt, "key"),
                OtlpMessage.Attribute("list", nested)])));
        var span = Assert.Single(intake.Spans);
        Assert.Equal("Bearer [redacted]", span["authorization"]);
        Assert.Equal("GET /[redacted]", span.Name);
        using var download = new MemoryStream();
        await OtlpJson.WriteAsync(SpanData.Snapshot(span), download, TestContext.Current.CancellationToken);
        AssertNoToken(Encoding.UTF8.GetString(download.ToArray()));
        Assert.Equal(4, intake.Redacted);
    }

    [Fact]
    public void A_token_in_a_log_or_across_the_cut_is_removed()
    {
        var log = Assert.Single(Read((Signal.Logs, false), OtlpMessage.Logs("a", OtlpMessage.LogRecord($"refused {Jwt}"))).Logs);
        Assert.Equal("refused [redacted]", log.Body);

        var padded = new string('x', Intake.MaxValue - 12) + Jwt;
        AssertNoToken(
            Assert.Single(Read((Signal.Traces, false),
                OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("k", padded)))).Spans)["k"]!);
    }

    [Fact]
    public void A_query_string_is_dropped_from_any_sender()
    {
        var intake = Read((Signal.Traces, false), OtlpMessage.Traces("keycloak", OtlpMessage.Span(
            1, attributes: [OtlpMessage.Attribute("url.query", "session_code=abc"),
                OtlpMessage.Attribute("url.full", "http://idp/auth?user_code=ABCD"), OtlpMessage.Attribute("url.path", "/auth")])));
        var span = Assert.Single(intake.Spans);
        Assert.Equal((null, "http://idp/auth", "/auth"), (span["url.query"], span["url.full"], span["url.path"]));
    }

    private static (Signal, bool)[] Combinations =>
        [(Signal.Traces, false), (Signal.Traces, true), (Signal.Logs, false), (Signal.Logs, true)];

    private static byte[] Sample { get; } = OtlpMessage.Traces("gateway", OtlpMessage.Span(
        1, 2, "POST", OtlpMessage.Attribute("agent.id", "gpt4"), OtlpMessage.Attribute("list", OtlpMessage.Nested(3))),
        OtlpMessage.Span(3));

    private static void AssertNoToken(string text) =>
        Assert.All(Jwt.Split('.'), part => Assert.DoesNotContain(part[..10], text, StringComparison.Ordinal));

    private static Intake Read((Signal Signal, bool Json) what, byte[] body)
    {
        var intake = new Intake(default, new StringPool(), new ResourcePool(TimeProvider.System));
        OtlpEndpoints.Read(what.Signal, what.Json, body, intake);
        return intake;
    }

    private static bool TryRead((Signal, bool) what, byte[] body) =>
        Refused(() => Read(what, body)) || Read(what, body).Spans.Count <= Intake.MaxItems;

    private static bool Refused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (Exception refused) when (refused is InvalidDataException or JsonException or InvalidOperationException)
        {
            return true;
        }
    }

    private static void Holds<T>(Gen<T> given, Func<T, bool> holds) =>
        Prop.ForAll(given.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
