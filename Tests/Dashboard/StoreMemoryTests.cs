using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.OtlpMessage;

namespace TraceDemo.Tests.Dashboard;

/// <summary>The store's bound is one of real memory, whichever member a sender makes
/// the most of. Everything comes in as a sender sends it.</summary>
[Collection(typeof(MeasuresTheHeap))]
public sealed class StoreMemoryTests
{
    private const long Bound = 16 << 20;
    private const int ItemsPerMessage = 50;

    private static int _unique;
    private static int _ids;

    public static TheoryData<string> Members => [.. Shapes.Keys];

    /// <summary>One span or log record each, as large in this member as the receiver
    /// lets it be, or as small, and with nothing else in it.</summary>
    private static Dictionary<string, (Signal Signal, Action<CodedOutputStream> Write)> Shapes { get; } = new()
    {
        ["span alone"] = (Signal.Traces, Nothing),
        ["name"] = (Signal.Traces, span => Text(span, 5, Unique(250))),
        ["short name"] = (Signal.Traces, span => Text(span, 5, Unique(9))),
        ["keys"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 9, Attribute(Unique(250), "")))),
        ["keys of other letters"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 9, Attribute($"ж{Unique(40)}", "")))),
        ["values"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 9, Attribute("agent.id", Unique(500))))),
        ["short values"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 9, Attribute("agent.id", Unique(9))))),
        ["empty values"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 9, Attribute("agent.id", "")))),
        ["nested values"] = (Signal.Traces,
            span =>
                Repeat(64,
                    () =>
                        Bytes(span, 9, Attribute("agent.id",
                            Of(any => Bytes(any, 5, Of(array => Bytes(array, 1, Of(item => Text(item, 1, Unique(200))))))))))),
        ["status message"] = (Signal.Traces, span => Bytes(span, 15, Of(status => Text(status, 2, Unique(4000))))),
        ["empty events"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 11, []))),
        ["event names"] = (Signal.Traces, span => Repeat(64, () => Bytes(span, 11, Of(item => Text(item, 2, Unique(200)))))),
        ["attributes of events"] = (Signal.Traces,
            span => Repeat(8, () => Bytes(span, 11, Of(item => Repeat(8, () => Bytes(item, 3, Attribute(Unique(100), Unique(9)))))))),
        ["empty links"] = (Signal.Traces, span => Repeat(32, () => Bytes(span, 13, []))),
        ["attributes of links"] = (Signal.Traces,
            span => Repeat(32, () => Bytes(span, 13, Of(item => Bytes(item, 4, Attribute(Unique(100), "")))))),
        ["log alone"] = (Signal.Logs, Nothing),
        ["severity"] = (Signal.Logs, record => Text(record, 3, Unique(250))),
        ["event name of a log"] = (Signal.Logs, record => Text(record, 12, Unique(250))),
        ["body"] = (Signal.Logs, record => Bytes(record, 5, Of(value => Text(value, 1, Unique(4000))))),
        ["attributes of a log"] = (Signal.Logs, record => Repeat(64, () => Bytes(record, 6, Attribute(Unique(100), "")))),
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void The_heap_holds_at_most_twice_the_bound_whichever_member_is_the_largest(string member) =>
        AssertBounded(() => Message(Shapes[member].Signal, Shapes[member].Write, perTrace: 10, "gateway", "Microsoft.AspNetCore"),
            Shapes[member].Signal);

    [Theory]
    [InlineData("span alone")]
    [InlineData("log alone")]
    [InlineData("keys")]
    public void The_heap_holds_at_most_twice_the_bound_with_one_item_in_a_trace(string member) =>
        AssertBounded(() => Message(Shapes[member].Signal, Shapes[member].Write, perTrace: 1, "gateway", "Microsoft.AspNetCore"),
            Shapes[member].Signal);

    [Fact]
    public void The_heap_holds_at_most_twice_the_bound_when_each_message_has_a_service_and_a_scope_of_its_own() =>
        AssertBounded(() => Message(Signal.Traces, Nothing, perTrace: 10, Unique(250), Unique(250), items: 1), Signal.Traces);

    [Fact]
    public void The_heap_holds_at_most_twice_the_bound_with_many_senders_in_a_trace()
    {
        var senders = 0;
        AssertBounded(() => Message(Signal.Traces, Nothing, perTrace: 40, $"sender-{++senders % 40}", "", items: 1), Signal.Traces);
    }

    [Fact]
    public void The_heap_holds_at_most_twice_the_bound_when_a_sender_pads_every_request_and_is_cut()
    {
        var messages = 0;
        AssertBounded(
            () => Message(
                Signal.Traces,
                span =>
                {
                    span.WriteTag(6, WireFormat.WireType.Varint);
                    span.WriteInt32((int)SpanKind.Server);
                    if (messages % 8 != 0)
                    {
                        Bytes(span, 15, Of(status => Text(status, 2, Unique(4000))));
                    }
                },
                perTrace: 8, ++messages % 8 == 0 ? "gateway" : "agent-service", "Microsoft.AspNetCore", items: 1),
            Signal.Traces);
    }

    [Fact]
    public void The_heap_holds_at_most_twice_the_bound_when_each_trace_is_of_another_person() => AssertBounded(
        () => Message(
            Signal.Traces,
            span =>
            {
                span.WriteTag(6, WireFormat.WireType.Varint);
                span.WriteInt32((int)SpanKind.Server);
                Bytes(span, 9, Attribute("enduser.pseudo.id", Unique(16)));
                Bytes(span, 9, Attribute("access.granted", "false"));
            },
            perTrace: 1, "gateway", "Microsoft.AspNetCore"),
        Signal.Traces);

    [Fact]
    public void The_heap_holds_at_most_twice_the_bound_when_each_message_is_of_another_process() =>
        AssertBounded(() => Message(Signal.Traces, Nothing, perTrace: 1, "gateway", "Microsoft.AspNetCore", items: 1,
            instance: Unique(4000)), Signal.Traces);

    private static void AssertBounded(Func<byte[]> message, Signal signal)
    {
        // Pools and caches of earlier tests may be trimmed between the two looks, which happens once.
        for (var attempt = 1; ; attempt++)
        {
            var held = Measure(message, signal);
            if (held is >= Bound / 4 and <= 2 * Bound)
            {
                return;
            }

            Assert.True(attempt < 3, $"{held} bytes are held with a bound of {Bound}.");
        }
    }

    /// <summary>What letting go frees is what was held: whatever other tests left behind is gone by the first look.</summary>
    private static long Measure(Func<byte[]> message, Signal signal)
    {
        var filled = Fill(message, signal);
        var before = LiveBytes();
        filled.LetGo();
        return before - LiveBytes();
    }

    /// <summary>Apart, so that nothing on the caller's stack holds a part of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Filled Fill(Func<byte[]> message, Signal signal)
    {
        var filled = new Filled();
        for (var messages = 0; filled.Store.Evicted < 200; messages++)
        {
            Assert.InRange(messages, 0, 200_000);
            // Descriptions of other processes are let go of at once.
            filled.Time.Advance(ResourcePool.IdleTimeout);
            var intake = new Intake(default, filled.Pool, filled.Resources);
            OtlpEndpoints.Read(signal, json: false, message(), intake);
            filled.Store.Add(intake.Spans, intake.Logs);
        }

        // What pages have looked at stays beside the trace: the trace, and the part of it that one person sees.
        foreach (var trace in filled.Store.Newest(null))
        {
            var person = trace.Spans.Select(span => span.Person()).FirstOrDefault() ?? "";
            Assert.NotEqual(0, trace.SeenBy(new Viewer(person, SeesAll: false))?.Spans.Count);
        }

        Assert.InRange(filled.Store.Size, Bound / 2, Bound);
        return filled;
    }

    private static long LiveBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Filled
    {
        public Filled()
        {
            Time = new ManualTime();
            Resources = new ResourcePool(Time);
        }

        public TraceStore Store { get; private set; } =
            new(Options.Create(new TraceStoreOptions { MaxMemoryBytes = Bound }), TimeProvider.System);

        public StringPool Pool { get; private set; } = new();

        public ManualTime Time { get; }

        public ResourcePool Resources { get; private set; }

        public void LetGo() => (Store, Pool, Resources) = (null!, null!, null!);
    }

    private static byte[] Message(Signal signal, Action<CodedOutputStream> write, int perTrace, string service, string scope,
        int items = ItemsPerMessage, string instance = "") => Of(request => Bytes(request, 1, Of(resource =>
    {
        Bytes(resource, 1, Of(attributes =>
        {
            Bytes(attributes, 1, Attribute("service.name", service));
            if (instance.Length > 0)
            {
                Bytes(attributes, 1, Attribute("service.instance.id", instance));
            }
        }));
        Bytes(resource, 2, Of(scoped =>
        {
            Bytes(scoped, 1, Of(named => Text(named, 1, scope)));
            for (var item = 0; item < items; item++)
            {
                Bytes(scoped, 2, signal == Signal.Logs ? Record(perTrace, write) : Span(perTrace, write));
            }
        }));
    })));

    private static byte[] Span(int perTrace, Action<CodedOutputStream> write) => Of(span =>
    {
        var id = ++_ids;
        Bytes(span, 1, Id(id / perTrace, 16));
        Bytes(span, 2, Id(id, 8));
        write(span);
    });

    private static byte[] Record(int perTrace, Action<CodedOutputStream> write) => Of(record =>
    {
        Bytes(record, 9, Id(++_ids / perTrace, 16));
        write(record);
    });

    private static byte[] Id(int number, int length) => [.. Enumerable.Repeat((byte)1, length - 4), .. BitConverter.GetBytes(number)];

    private static void Nothing(CodedOutputStream item)
    {
    }

    /// <summary>Texts that nothing shares.</summary>
    private static string Unique(int length) => (++_unique).ToString("x8", null).PadRight(length, 'x');

    private static void Repeat(int count, Action write)
    {
        for (var index = 0; index < count; index++)
        {
            write();
        }
    }
}
