using Google.Protobuf;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>Writes OTLP messages field by field, so that a test can also write what no exporter would.</summary>
internal static class OtlpMessage
{
    public static byte[] Traces(string? service, params byte[][] spans) => Request(service, spans);

    public static byte[] Logs(string? service, params byte[][] records) => Request(service, records);

    public static byte[] Span(ulong id, ulong parent = 0, string name = "work", params byte[][] attributes) => Of(span =>
    {
        Bytes(span, 1, Enumerable.Repeat((byte)0xab, 16).ToArray());
        Bytes(span, 2, Id(id));
        if (parent != 0)
        {
            Bytes(span, 4, Id(parent));
        }
        Text(span, 5, name);
        span.WriteTag(6, WireFormat.WireType.Varint);
        span.WriteInt32(2);
        Fixed(span, 7, 1_000_000_000);
        Fixed(span, 8, 2_000_000_000);
        foreach (var attribute in attributes)
        {
            Bytes(span, 9, attribute);
        }
    });

    public static byte[] LogRecord(string body, ulong spanId = 1) => Of(record =>
    {
        Bytes(record, 5, Of(value => Text(value, 1, body)));
        Bytes(record, 9, Enumerable.Repeat((byte)0xab, 16).ToArray());
        Bytes(record, 10, Id(spanId));
    });

    public static byte[] Attribute(string key, string value) => Attribute(key, Of(any => Text(any, 1, value)));

    public static byte[] Attribute(string key, byte[] anyValue) => Of(attribute =>
    {
        Text(attribute, 1, key);
        Bytes(attribute, 2, anyValue);
    });

    /// <summary>An array in an array in an array …</summary>
    public static byte[] Nested(int depth)
    {
        var value = Of(any => Text(any, 1, "innermost"));
        for (var level = 0; level < depth; level++)
        {
            var inner = value;
            value = Of(any => Bytes(any, 5, Of(array => Bytes(array, 1, inner))));
        }

        return value;
    }

    public static byte[] Of(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }
        return buffer.ToArray();
    }

    public static void Bytes(CodedOutputStream output, int field, byte[] value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }

    public static void Text(CodedOutputStream output, int field, string value) =>
        Bytes(output, field, System.Text.Encoding.UTF8.GetBytes(value));

    private static byte[] Request(string? service, byte[][] items) => Of(request => Bytes(request, 1, Of(resource =>
    {
        // The items before the resource: field order is free, and a decoder must not depend on it.
        Bytes(resource, 2, Of(scope =>
        {
            foreach (var item in items)
            {
                Bytes(scope, 2, item);
            }
            Bytes(scope, 1, Of(named => Text(named, 1, "tests")));
        }));
        if (service is not null)
        {
            Bytes(resource, 1, Of(attributes => Bytes(attributes, 1, Attribute("service.name", service))));
        }
    })));

    private static void Fixed(CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(value);
    }

    private static byte[] Id(ulong id) => [.. BitConverter.GetBytes(id).Reverse()];
}
