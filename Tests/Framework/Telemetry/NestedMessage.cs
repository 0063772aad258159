using System.Text;
using Google.Protobuf;
using TraceDemo.Dashboard.Receiver;
using static TraceDemo.Tests.Framework.Telemetry.OtlpMessage;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>Messages with a value that nests as deep as its bytes allow, in each place where OTLP has a value.</summary>
internal static class NestedMessage
{
    /// <summary>Deep enough to overflow a stack of one MiB if each level takes a few frames.</summary>
    public const int Size = 98_000;

    private static readonly byte[] Trace = Enumerable.Repeat((byte)0xab, 16).ToArray();

    public static IReadOnlyDictionary<string, (Signal Signal, Func<byte[], byte[]> Message)> Places { get; } =
        new Dictionary<string, (Signal, Func<byte[], byte[]>)>
        {
            ["attribute"] = (Signal.Traces, value => Traces("a", Span(1, attributes: Attribute("deep", value)))),
            ["event"] = (Signal.Traces, value => Traces("a", SpanWith(11, Of(item => Bytes(item, 3, Attribute("deep", value)))))),
            ["link"] = (Signal.Traces, value => Traces("a", SpanWith(13, Of(item => Bytes(item, 4, Attribute("deep", value)))))),
            ["resource"] = (Signal.Traces, value => Of(request => Bytes(request, 1, Of(spans =>
            {
                Bytes(spans, 1, Of(resource => Bytes(resource, 1, Attribute("deep", value))));
                Bytes(spans, 2, Of(scope => Bytes(scope, 2, Span(1))));
            })))),
            ["log attribute"] = (Signal.Logs, value => Logs("a", RecordWith(6, Attribute("deep", value)))),
            ["log body"] = (Signal.Logs, value => Logs("a", RecordWith(5, value))),
        };

    public static IReadOnlyDictionary<string, (Signal Signal, Func<string, string> Message)> JsonPlaces { get; } =
        new Dictionary<string, (Signal, Func<string, string>)>
        {
            ["attribute"] = (Signal.Traces, value => JsonSpan($$""","attributes":[{"key":"deep","value":{{value}}}]""")),
            ["event"] = (Signal.Traces,
                value => JsonSpan($$""","events":[{"name":"e","attributes":[{"key":"deep","value":{{value}}}]}]""")),
            ["link"] = (Signal.Traces, value => JsonSpan($$""","links":[{"attributes":[{"key":"deep","value":{{value}}}]}]""")),
            ["resource"] = (Signal.Traces, value => JsonSpan("", $$"""{"key":"deep","value":{{value}}}""")),
            ["log attribute"] = (Signal.Logs, value => JsonRecord($$""","attributes":[{"key":"deep","value":{{value}}}]""")),
            ["log body"] = (Signal.Logs, value => JsonRecord($$""","body":{{value}}""")),
        };

    /// <summary>On each level an empty text and, behind it, a container with the next level: both are members of one oneof.</summary>
    public static byte[] Value(bool maps, int size)
    {
        var parts = new Stack<byte[]>();
        for (var length = 0; length < size;)
        {
            byte[] item = maps ? [0x0a, 1, (byte)'k', 0x12, .. Varint(length)] : [0x0a, .. Varint(length)];
            byte[] entry = maps ? [0x0a, .. Varint(item.Length + length)] : [];
            byte[] head = [0x0a, 0, (byte)(maps ? 0x32 : 0x2a), .. Varint(entry.Length + item.Length + length)];
            length += item.Length + entry.Length + head.Length;
            parts.Push([.. head, .. entry, .. item]);
        }

        return [.. parts.SelectMany(part => part)];
    }

    public static string JsonValue(bool maps, int levels)
    {
        var (open, close) = maps
            ? ("""{"stringValue":"","kvlistValue":{"values":[{"key":"k","value":""", "}]}}")
            : ("""{"stringValue":"","arrayValue":{"values":[""", "]}}");
        return new StringBuilder().Insert(0, open, levels).Append("""{"stringValue":"innermost"}""")
            .Insert(levels * open.Length + 27, close, levels).ToString();
    }

    private static byte[] SpanWith(int field, byte[] value) => Of(span =>
    {
        Bytes(span, 1, Trace);
        Bytes(span, 2, [0, 0, 0, 0, 0, 0, 0, 1]);
        Bytes(span, field, value);
    });

    private static byte[] RecordWith(int field, byte[] value) => Of(record =>
    {
        Bytes(record, 9, Trace);
        Bytes(record, field, value);
    });

    private static string JsonSpan(string members, string resource = "") =>
        $$$"""{"resourceSpans":[{"resource":{"attributes":[{{{resource}}}]},"scopeSpans":[{"spans":"""
            + $$$"""[{"traceId":"abababababababababababababababab","spanId":"0000000000000001"{{{members}}}}]}]}]}""";

    private static string JsonRecord(string members) =>
        $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"abababababababababababababababab"{{{members}}}}]}]}]}""";

    private static byte[] Varint(int value)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteUInt32((uint)value);
        }
        return buffer.ToArray();
    }
}
