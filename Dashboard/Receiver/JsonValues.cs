using System.Globalization;
using System.Text.Json;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>OTLP's JSON encoding: lower camel case, ids in hex, 64-bit integers as
/// strings, enums as numbers, unknown members ignored.</summary>
internal static class JsonValues
{
    public static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is not { } list ? []
        : list.ValueKind == JsonValueKind.Array ? list.EnumerateArray()
        : throw Malformed(name);

    public static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind != JsonValueKind.Object ? throw Malformed(name)
        : owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value
        : null;

    public static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Malformed(name);

    public static ulong Unsigned(JsonElement owner, string name) =>
        Member(owner, name) is not { } value ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String
            && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : throw Malformed(name);

    public static TraceId TraceId(JsonElement owner) => Traces.TraceId.TryParse(Text(owner, "traceId"), null, out var id) ? id : default;

    public static SpanId SpanId(JsonElement owner, string name) => Traces.SpanId.TryParse(Text(owner, name), out var id) ? id : default;

    public static List<Tag>? Attributes(JsonElement owner, Intake intake)
    {
        List<Tag>? attributes = null;
        foreach (var keyValue in Items(owner, "attributes"))
        {
            if (Text(keyValue, "key") is not { Length: > 0 } key)
            {
                continue;
            }
            var (kind, text) = Member(keyValue, "value") is { } value ? Read(value, intake) : (TagKind.Text, "");
            intake.Add(ref attributes, intake.Name(key), kind, text);
        }

        return attributes;
    }

    public static (TagKind Kind, string Text) Read(JsonElement anyValue, Intake intake)
    {
        if (Container(anyValue) is { } container)
        {
            using var json = new NestedValue(intake);
            WriteContainer(container, json, 1, intake);
            return (TagKind.Json, json.Finish());
        }

        if (Text(anyValue, "stringValue") is { } text)
        {
            return (TagKind.Text, intake.Text(text));
        }
        if (Member(anyValue, "boolValue") is { } flag)
        {
            return (TagKind.Flag, flag.GetBoolean() ? "true" : "false");
        }
        if (Member(anyValue, "intValue") is { } number)
        {
            return (TagKind.Whole, Signed(number));
        }
        if (Member(anyValue, "doubleValue") is { } real)
        {
            return Real(real);
        }
        return (TagKind.Text, Text(anyValue, "bytesValue") is { } bytes ? $"{bytes.Length / 4 * 3} bytes" : "");
    }

    public static InvalidDataException Malformed(string what) => new($"The JSON message is malformed: {what}.");

    private static (bool IsMap, JsonElement Values)? Container(JsonElement anyValue) =>
        Member(anyValue, "arrayValue") is { } array ? (false, array)
        : Member(anyValue, "kvlistValue") is { } map ? (true, map)
        : null;

    private static string Signed(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value.ToString(CultureInfo.InvariantCulture)
        : number.ValueKind == JsonValueKind.String
            && long.TryParse(number.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                ? value.ToString(CultureInfo.InvariantCulture)
        : throw Malformed("intValue");

    // Protobuf's JSON mapping writes values without a JSON number as strings.
    private static (TagKind, string) Real(JsonElement real) =>
        real.ValueKind == JsonValueKind.Number ? ProtobufValues.Number(real.GetDouble())
        : real.GetString() is "NaN" or "Infinity" or "-Infinity" ? (TagKind.Text, real.GetString() ?? "")
        : throw Malformed("doubleValue");

    private static void WriteContainer((bool IsMap, JsonElement Values) container, NestedValue json, int depth, Intake intake)
    {
        if (container.IsMap)
        {
            json.Writer.WriteStartObject();
        }
        else
        {
            json.Writer.WriteStartArray();
        }

        foreach (var item in Items(container.Values, "values"))
        {
            if (!json.HasRoom(depth))
            {
                break;
            }
            if (!container.IsMap)
            {
                WriteValue(item, json, depth, intake);
            }
            else if (Text(item, "key") is { Length: > 0 } key && !SensitiveText.IsDropped(key))
            {
                json.Writer.WritePropertyName(intake.Name(key));
                if (Member(item, "value") is { } value)
                {
                    WriteValue(value, json, depth, intake);
                }
                else
                {
                    json.Writer.WriteNullValue();
                }
            }
        }

        if (container.IsMap)
        {
            json.Writer.WriteEndObject();
        }
        else
        {
            json.Writer.WriteEndArray();
        }
    }

    private static void WriteValue(JsonElement anyValue, NestedValue json, int depth, Intake intake)
    {
        if (Container(anyValue) is { } container)
        {
            WriteContainer(container, json, depth + 1, intake);
            return;
        }

        var (kind, text) = Read(anyValue, intake);
        json.Write(kind, text);
    }
}
