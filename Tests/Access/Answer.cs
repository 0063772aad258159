using System.Net.Http.Headers;
using System.Text.Json;

namespace TraceDemo.Tests.Access;

/// <summary>What came back, read to its end.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Body { get; } = Text.Length == 0 ? default : JsonDocument.Parse(Text).RootElement.Clone();

    public string? Reason => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("reason", out var reason)
        ? reason.GetString() : null;

    public JsonElement Decision => Body.GetProperty("decision");

    public string TraceId => Headers.GetValues("Trace-Id").Single();

    /// <summary>The members of an array of text.</summary>
    public static IEnumerable<string?> Words(JsonElement array) => array.EnumerateArray().Select(word => word.GetString());

    public IEnumerable<string> Members() => Body.EnumerateObject().Select(member => member.Name);
}
