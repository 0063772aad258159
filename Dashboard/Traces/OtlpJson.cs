using System.Globalization;
using System.Text.Json;

namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace as an OTLP/JSON request, so that what was downloaded here can be sent to any other backend.</summary>
internal static class OtlpJson
{
    public static byte[] Write(TraceSnapshot trace)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            foreach (var service in trace.Spans.GroupBy(span => span.Service, StringComparer.Ordinal)) { WriteService(json, service); }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteService(Utf8JsonWriter json, IGrouping<string, Span> service)
    {
        json.WriteStartObject();
        json.WriteStartObject("resource");
        WriteAttributes(json, [new Tag("service.name", TagKind.Text, service.Key)]);
        json.WriteEndObject();
        json.WriteStartArray("scopeSpans");
        foreach (var scope in service.GroupBy(span => span.Scope, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", scope.Key);
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (var span in scope) { WriteSpan(json, span); }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, Span span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.Id.ToString());
        if (span.ParentId.IsValid) { json.WriteString("parentSpanId", span.ParentId.ToString()); }
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", (int)span.Kind);
        WriteTime(json, "startTimeUnixNano", span.Start);
        WriteTime(json, "endTimeUnixNano", span.End);
        WriteAttributes(json, span.Attributes);
        json.WriteStartArray("events");
        foreach (var item in span.Events)
        {
            json.WriteStartObject();
            WriteTime(json, "timeUnixNano", item.Time);
            json.WriteString("name", item.Name);
            WriteAttributes(json, item.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", link.TraceId.ToString());
            json.WriteString("spanId", link.SpanId.ToString());
            WriteAttributes(json, link.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("status");
        json.WriteNumber("code", (int)span.Status);
        if (span.StatusMessage.Length > 0) { json.WriteString("message", span.StatusMessage); }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long time) => json.WriteString(name, time.ToString(CultureInfo.InvariantCulture));

    private static void WriteAttributes(Utf8JsonWriter json, Tag[] tags)
    {
        json.WriteStartArray("attributes");
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("key", tag.Key);
            json.WritePropertyName("value");
            WriteValue(json, tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, Tag tag)
    {
        if (tag.Kind == TagKind.Json && TryParse(tag.Value) is { } nested)
        {
            using (nested) { WriteNested(json, nested.RootElement); }
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
                foreach (var item in value.EnumerateArray()) { WriteNested(json, item); }
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

    // A value that was cut is no JSON any more; then it is text.
    private static JsonDocument? TryParse(string text)
    {
        try { return JsonDocument.Parse(text); }
        catch (JsonException) { return null; }
    }
}
