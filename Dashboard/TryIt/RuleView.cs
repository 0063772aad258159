using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The result of one policy rule.</summary>
public sealed record RuleView(string Rule, string Verdict, string? Reason, string Detail)
{
    internal static IReadOnlyList<RuleView> Read(JsonElement decision) =>
        decision.Member("rules") is { ValueKind: JsonValueKind.Array } rules
            ? [.. rules.EnumerateArray().Select(
                rule => new RuleView(rule.Text("rule") ?? "", rule.Text("verdict") ?? "", rule.Text("reason"), rule.Text("detail") ?? ""))]
            : [];
}
