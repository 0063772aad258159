using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>One finding of a review.</summary>
public sealed record Finding(string Severity, string Where, string Text)
{
    internal static IReadOnlyList<Finding> Read(JsonElement output) =>
        output.Member("findings") is { ValueKind: JsonValueKind.Array } findings
            ? [.. findings.EnumerateArray().Select(item => new Finding(
                item.Text("severity") ?? "",
                item.Member("line") is { ValueKind: JsonValueKind.Number } line ? $"line {line.GetRawText()}" : "",
                item.Text("message") ?? item.Text("text") ?? item.Text("detail") ?? item.Text("rule") ?? ""))]
            : [];
}
