using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>One option of the form: an agent or a document.</summary>
internal sealed record Choice(string Id, string Label, bool Enabled)
{
    public static IReadOnlyList<Choice> Read(JsonElement list, string label) =>
        list.ValueKind != JsonValueKind.Array ? [] :
        [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.Text("id") is not null)
            .Select(item => new Choice(
            item.Text("id") ?? "",
            item.Text(label) ?? "",
            !item.TryGetProperty("enabled", out var enabled) || enabled.ValueKind != JsonValueKind.False))];
}
