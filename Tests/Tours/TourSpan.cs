using System.Globalization;
using System.Text.Json;

namespace TraceDemo.Tests.Tours;

/// <summary>A span as the Dashboard's download of a trace has it.</summary>
internal sealed record TourSpan(
    string Service, string Name, string Id, string ParentId, bool IsError, IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Events)
{
    public required ulong Start { get; init; }

    public required ulong End { get; init; }

    public double Seconds => (End - Start) / 1e9;

    /// <summary>The spans of a download, in the order in which they began.</summary>
    public static IReadOnlyList<TourSpan> ReadAll(string otlp)
    {
        using var document = JsonDocument.Parse(otlp);
        var spans = from resource in document.RootElement.GetProperty("resourceSpans").EnumerateArray()
                    let service = AttributesOf(resource.GetProperty("resource"))["service.name"]
                    from scope in resource.GetProperty("scopeSpans").EnumerateArray()
                    from span in scope.GetProperty("spans").EnumerateArray()
                    select Read(service, span);
        return [.. spans.OrderBy(span => span.Start)];
    }

    private static TourSpan Read(string service, JsonElement span) => new(
        service, Text(span, "name"), Text(span, "spanId"), Text(span, "parentSpanId"),
        span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code) && code.GetInt32() == 2,
        AttributesOf(span), [.. Items(span, "events").Select(item => Text(item, "name"))])
    {
        Start = ulong.Parse(Text(span, "startTimeUnixNano"), CultureInfo.InvariantCulture),
        End = ulong.Parse(Text(span, "endTimeUnixNano"), CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string> AttributesOf(JsonElement owner) =>
        Items(owner, "attributes")
            .ToDictionary(item => Text(item, "key"), item => Value(item.GetProperty("value")), StringComparer.Ordinal);

    /// <summary>Lists as a page writes them: with commas.</summary>
    private static string Value(JsonElement value)
    {
        var kind = value.EnumerateObject().First();
        return kind.Name switch
        {
            "arrayValue" => string.Join(',', Items(kind.Value, "values").Select(Value)),
            "boolValue" => kind.Value.GetBoolean() ? "true" : "false",
            _ => kind.Value.ToString(),
        };
    }

    private static JsonElement[] Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
