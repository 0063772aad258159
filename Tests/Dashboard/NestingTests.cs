using System.Net;
using System.Text;
using TraceDemo.Dashboard.Forwarding;
using TraceDemo.Dashboard.Receiver;

namespace TraceDemo.Tests.Dashboard;

/// <summary>No value, however deep, ends the process: a stack overflow cannot be caught.</summary>
public sealed class NestingTests
{
    public static TheoryData<string, bool> Places =>
        [.. from place in NestedMessage.Places.Keys from maps in new[] { false, true } select (place, maps)];

    public static TheoryData<string> TracePlaces =>
        [.. NestedMessage.Places.Where(place => place.Value.Signal == Signal.Traces).Select(place => place.Key)];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_receiver_survives_a_protobuf_value_nested_behind_another_member(string place, bool maps)
    {
        await using var receiver = await ReceiverHost.StartAsync();
        var (signal, message) = NestedMessage.Places[place];
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(message(NestedMessage.Value(maps, NestedMessage.Size)), PathOf(signal)));
        Assert.Equal(1, receiver.Counters.Cut);
        await AssertAliveAsync(receiver);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_receiver_survives_a_json_value_nested_behind_another_member(string place, bool maps)
    {
        await using var receiver = await ReceiverHost.StartAsync();
        var (signal, message) = NestedMessage.JsonPlaces[place];
        var body = Encoding.UTF8.GetBytes(message(NestedMessage.JsonValue(maps, 2_000)));
        Assert.Equal(HttpStatusCode.BadRequest, await receiver.StatusAsync(body, PathOf(signal), "application/json"));
        await AssertAliveAsync(receiver);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void In_both_encodings_a_value_is_cut_at_the_same_depth(string place, bool maps)
    {
        // Both are deeper than what is kept, which then has the same shape.
        var (signal, message) = NestedMessage.Places[place];
        var protobuf = Read(signal, json: false, message(NestedMessage.Value(maps, 85)));
        var json = Read(signal, json: true,
            Encoding.UTF8.GetBytes(NestedMessage.JsonPlaces[place].Message(NestedMessage.JsonValue(maps, 10))));
        Assert.Equal((1, 1), (protobuf.Cut, json.Cut));
        Assert.Equal(Kept(json), Kept(protobuf));
        Assert.DoesNotContain("innermost", Kept(json), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TracePlaces))]
    public void Forwarding_refuses_a_message_nested_behind_another_member(string place)
    {
        var message = NestedMessage.Places[place].Message(NestedMessage.Value(maps: place == "link", NestedMessage.Size));
        Assert.Throws<InvalidDataException>(() => TraceRedaction.Clean(message));
    }

    [Fact]
    public void The_last_of_several_members_wins()
    {
        byte[] value =
        [
            .. OtlpMessage.Of(any => OtlpMessage.Bytes(
                any, 5, OtlpMessage.Of(array => OtlpMessage.Bytes(array, 1, OtlpMessage.Of(item => OtlpMessage.Text(item, 1, "listed")))))),
            .. OtlpMessage.Of(any => OtlpMessage.Text(any, 1, "text")),
        ];
        Assert.Equal("text",
            Assert.Single(Read(Signal.Traces, json: false,
                OtlpMessage.Traces("a", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("k", value)))).Spans)["k"]);
    }

    private static string PathOf(Signal signal) => signal == Signal.Logs ? "/v1/logs" : "/v1/traces";

    private static async Task AssertAliveAsync(ReceiverHost receiver) =>
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OtlpMessage.Traces("a", OtlpMessage.Span(2))));

    private static Intake Read(Signal signal, bool json, byte[] body)
    {
        var intake = new Intake(default, new StringPool(), new ResourcePool(TimeProvider.System));
        OtlpEndpoints.Read(signal, json, body, intake);
        return intake;
    }

    private static string Kept(Intake intake)
    {
        var tags = intake.Spans.SelectMany(span =>
            span.Attributes.Concat(span.Events.SelectMany(item => item.Attributes)).Concat(span.Links.SelectMany(link => link.Attributes)))
            .Concat(intake.Logs.SelectMany(log => log.Attributes)).Select(tag => tag.Value);
        return string.Join('\n', tags.Concat(intake.Logs.Select(log => log.Body)));
    }
}
