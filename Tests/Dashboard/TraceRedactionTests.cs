using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using TraceDemo.Dashboard.Forwarding;
using static TraceDemo.Tests.Framework.Telemetry.OtlpMessage;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What is taken out of a message that is forwarded; the rest stays byte for byte.</summary>
public sealed class TraceRedactionTests
{
    private const string Jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

    private static readonly byte[] Query = Attribute("url.query", "session_code=abc");
    private static readonly byte[] Harmless = Attribute("http.route", "/realms/{realm}");

    [Fact]
    public void A_message_without_secrets_stays_the_same_instance()
    {
        var span = Span(1, 2, "POST", Harmless, Attribute("list", Nested(3)), Attribute("url.full", "http://idp/auth"));
        var message = Traces("keycloak", span, Unknown);
        Assert.Same(message, TraceRedaction.Clean(message));
    }

    [Fact]
    public void A_query_string_is_removed_and_the_rest_stays_byte_for_byte() => Assert.Equal(
        Traces("keycloak", Span(1, 2, "GET", Harmless, Harmless), Unknown),
        TraceRedaction.Clean(Traces("keycloak", Span(1, 2, "GET", Harmless, Query, Harmless), Unknown)));

    [Theory]
    [InlineData("url.full")]
    [InlineData("http.url")]
    [InlineData("http.target")]
    public void The_query_string_of_an_address_is_removed(string key) => Assert.Equal(
        Traces("keycloak", Span(1, attributes: Attribute(key, "/auth"))),
        TraceRedaction.Clean(Traces("keycloak", Span(1, attributes: Attribute(key, "/auth?user_code=ABCD")))));

    [Fact]
    public void A_key_after_its_value_is_recognized()
    {
        var turned = Of(attribute =>
        {
            Bytes(attribute, 2, Field(1, "/auth?user_code=ABCD"));
            Text(attribute, 1, "url.full");
        });
        AssertGone("user_code", TraceRedaction.Clean(Traces("keycloak", Span(1, attributes: turned))));
    }

    public static TheoryData<string> Places => [.. Hiding.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_token_is_replaced_by_a_marker_at_any_position(string place) =>
        Assert.Equal(Hiding[place]("before [redacted]"), TraceRedaction.Clean(Hiding[place]($"before {Jwt}")));

    [Fact]
    public void Text_that_is_not_UTF8_stays_unchanged_beside_a_token()
    {
        byte[] broken = [0xff, 0xc0, 0x80];
        var message = Traces("keycloak", Field(5, [.. broken, .. Encoding.ASCII.GetBytes(Jwt)]));
        Assert.Equal(Traces("keycloak", Field(5, [.. broken, .. "[redacted]"u8])), TraceRedaction.Clean(message));
    }

    [Fact]
    public void Multi_byte_lengths_are_rewritten_correctly()
    {
        var padding = new string('x', 20_000);
        Assert.Equal(
            Traces("keycloak", Span(1, attributes: [Attribute("a", $"{padding} [redacted]"), Harmless])),
            TraceRedaction.Clean(Traces("keycloak", Span(1, attributes: [Attribute("a", $"{padding} {Jwt}"), Harmless]))));
    }

    [Fact]
    public void Unlimited_nesting_is_refused()
    {
        var message = Traces("keycloak", Span(1, attributes: Attribute("deep", Nested(5_000))));
        Assert.Throws<InvalidDataException>(() => TraceRedaction.Clean(message));
    }

    [Fact]
    public void A_message_changed_anywhere_is_refused_or_fully_redacted()
    {
        var sample = Traces("keycloak", Span(1, 2, $"GET {Jwt}", Query, Attribute("list", Nested(3)), Harmless));
        Prop.ForAll(Gen.Choose(0, sample.Length - 1).Zip(Gen.Choose(0, 255)).ToArbitrary(), given =>
        {
            var changed = (byte[])sample.Clone();
            changed[given.Item1] = (byte)given.Item2;
            return IsRefusedOrCleaned(changed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    /// <summary>One message for each place that text can stand in.</summary>
    private static Dictionary<string, Func<string, byte[]>> Hiding { get; } = new()
    {
        ["name of the span"] = text => Traces("keycloak", Span(1, name: text)),
        ["trace state"] = text => Traces("keycloak", Field(3, text)),
        ["status"] = text => Traces("keycloak", Field(15, Field(2, text))),
        ["attribute"] = text => Traces("keycloak", Span(1, attributes: [Harmless, Attribute("a", text)])),
        ["key of an attribute"] = text => Traces("keycloak", Span(1, attributes: Attribute(text, "a"))),
        ["array"] = text => Traces("keycloak", Span(1, attributes: Attribute("a", Field(5, Field(1, Field(1, text)))))),
        ["map"] = text => Traces("keycloak", Span(1, attributes: Attribute("a", Field(6, Field(1, Attribute("b", text)))))),
        ["bytes"] = text => Traces("keycloak", Span(1, attributes: Attribute("a", Field(7, text)))),
        ["name of an event"] = text => Traces("keycloak", Field(11, Field(2, text))),
        ["attribute of an event"] = text => Traces("keycloak", Field(11, Field(3, Attribute("a", text)))),
        ["attribute of a link"] = text => Traces("keycloak", Field(13, Field(4, Attribute("a", text)))),
        ["trace state of a link"] = text => Traces("keycloak", Field(13, Field(3, text))),
        ["resource"] = text => Traces(text, Span(1)),
        ["scope"] = text => OfScope(Field(1, text)),
        ["version of the scope"] = text => OfScope(Field(2, text)),
        ["attribute of the scope"] = text => OfScope(Field(3, Attribute("a", text))),
    };

    /// <summary>A span of nothing but a field of each wire type that no version of the protocol knows yet.</summary>
    private static byte[] Unknown => Of(span =>
    {
        span.WriteTag(100, WireFormat.WireType.Fixed32);
        span.WriteFixed32(1);
        span.WriteTag(101, WireFormat.WireType.Varint);
        span.WriteUInt64(ulong.MaxValue);
    });

    public static TheoryData<string, byte[]> UnknownPlaces => new()
    {
        { "request", Of(request => Text(request, 99, Jwt)) },
        { "resource", Of(request => Bytes(request, 1, Of(spans => Bytes(spans, 1, Of(resource => Text(resource, 3, Jwt)))))) },
        { "schema of a resource", Of(request => Bytes(request, 1, Of(spans => Text(spans, 3, Jwt)))) },
        { "schema of a scope", Of(request => Bytes(request, 1, Of(spans => Bytes(spans, 2, Of(scope => Text(scope, 3, Jwt)))))) },
        { "span", Traces("keycloak", Of(span => Text(span, 99, Jwt))) },
        { "trace id", Traces("keycloak", Of(span => Text(span, 1, Jwt))) },
        { "parent id", Traces("keycloak", Of(span => Text(span, 4, Jwt))) },
        { "value", Traces("keycloak", Span(1, attributes: Attribute("a", Of(value => Text(value, 99, Jwt))))) },
    };

    [Theory]
    [MemberData(nameof(UnknownPlaces))]
    public void A_token_in_an_unknown_field_is_removed(string place, byte[] message)
    {
        Assert.True(Encoding.Latin1.GetString(message).Contains(Jwt, StringComparison.Ordinal), place);
        Assert.False(Encoding.Latin1.GetString(TraceRedaction.Clean(message)).Contains(Jwt[..20], StringComparison.Ordinal), place);
    }

    private static byte[] OfScope(byte[] scope) => Field(1, Field(2, Field(1, scope)));

    private static byte[] Field(int number, string text) => Of(message => Text(message, number, text));

    private static byte[] Field(int number, byte[] content) => Of(message => Bytes(message, number, content));

    private static void AssertGone(string secret, byte[] message)
    {
        var text = Encoding.Latin1.GetString(message);
        Assert.Contains("/auth", text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    private static bool IsRefusedOrCleaned(byte[] message)
    {
        try
        {
            var clean = TraceRedaction.Clean(message);
            return ReferenceEquals(clean, TraceRedaction.Clean(clean));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
