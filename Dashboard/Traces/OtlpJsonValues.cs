using System.Globalization;
using System.Text.Json;

namespace TraceDemo.Dashboard.Traces;

/// <summary>Attributes in OTLP's JSON encoding: every value in an object that names its type.</summary>
internal static class OtlpJsonValues
{
    public static void Write(Utf8JsonWriter json, Tag[] attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Key);
            json.WritePropertyName("value");
            WriteValue(json, attribute);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, Tag tag)
    {
        if (tag.Kind == TagKind.Json && TryParse(tag.Value) is { } nested)
        {
            using (nested)
            {
                WriteNested(json, nested.RootElement);
            }
            return;
        }

        json.WriteStartObject();
        switch (tag.Kind)
        {
            case TagKind.Flag: json.WriteBoolean("boolValue", tag.Value == "true"); break;
            case TagKind.Whole: json.WriteString("intValue", tag.Value); break;
            case TagKind.Real: json.WriteNumber("doubleValue", double.Parse(tag.Value, CultureInfo.InvariantCulture)); break;
            default: json.WriteString("stringValue", tag.Value); break;
        }

        json.WriteEndObject();
    }

    private static void WriteNested(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in value.EnumerateArray())
                {
                    WriteNested(json, item);
                }
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject("kvlistValue");
                json.WriteStartArray("values");
                foreach (var member in value.EnumerateObject())
                {
                    json.WriteStartObject();
                    json.WriteString("key", member.Name);
                    json.WritePropertyName("value");
                    WriteNested(json, member.Value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.True or JsonValueKind.False: json.WriteBoolean("boolValue", value.GetBoolean()); break;
            case JsonValueKind.Number when value.TryGetInt64(out _): json.WriteString("intValue", value.GetRawText()); break;
            case JsonValueKind.Number: json.WriteNumber("doubleValue", value.GetDouble()); break;
            case JsonValueKind.String: json.WriteString("stringValue", value.GetString()); break;
            default: break;
        }

        json.WriteEndObject();
    }

    // A truncated value is no longer JSON; it is written as text.
    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
