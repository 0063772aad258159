using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The gateway's answer as the page shows it.</summary>
public sealed record AccessOutcome
{
    public required int Status { get; init; }
    public bool Granted { get; init; }
    public string Reason { get; init; } = "";
    public string? Detail { get; init; }
    public string? TraceId { get; init; }
    public string? DocumentTitle { get; init; }
    public string? Content { get; init; }
    public string? Output { get; init; }
    public string? OutputNote { get; init; }
    public IReadOnlyList<Finding> Findings { get; init; } = [];
    public DecisionView? Decision { get; init; }

    /// <summary>The policy answered, one way or the other; else something stood in the way.</summary>
    public bool IsDecided => Granted || Decision is not null;

    public bool NeedsSignIn => Status == StatusCodes.Status401Unauthorized;

    internal static AccessOutcome Of(GatewayAnswer answer)
    {
        var body = answer.Body;
        var document = body.Member("document") ?? default;
        var output = body.Member("output") ?? default;
        return new AccessOutcome
        {
            Status = answer.Status,
            Granted = answer.Status == StatusCodes.Status200OK && body.Member("granted") is { ValueKind: JsonValueKind.True },
            Reason = body.Text("reason") ?? $"http_{answer.Status}",
            Detail = body.Text("detail"),
            TraceId = answer.TraceId ?? body.Text("traceId"),
            DocumentTitle = document.Text("title"),
            Content = document.Text("content"),
            Output = output.ValueKind == JsonValueKind.String ? output.GetString() : output.Text("text"),
            OutputNote = output.Text("note"),
            Findings = Finding.Read(output),
            Decision = body.Member("decision") is { ValueKind: JsonValueKind.Object } decision ? DecisionView.Of(decision) : null,
        };
    }
}

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

/// <summary>The policy's decision with everything it was made from.</summary>
public sealed record DecisionView
{
    public string Rule { get; init; } = "";
    public string CallerType { get; init; } = "";
    public string? Agent { get; init; }
    public IReadOnlyList<string> Departments { get; init; } = [];
    public IReadOnlyList<string> Capabilities { get; init; } = [];
    public IReadOnlyList<string> Effective { get; init; } = [];
    public IReadOnlyList<string> Required { get; init; } = [];
    public IReadOnlyList<string> Missing { get; init; } = [];
    public string? Match { get; init; }
    public string? Clearance { get; init; }
    public string? Sensitivity { get; init; }
    public string? PolicyVersion { get; init; }
    public IReadOnlyList<RuleView> Rules { get; init; } = [];

    internal static DecisionView Of(JsonElement decision) => new()
    {
        Rule = decision.Text("rule") ?? "",
        CallerType = decision.Text("callerType") ?? "",
        Agent = decision.Text("agent"),
        Departments = decision.Texts("departments"),
        Capabilities = decision.Texts("capabilities"),
        Effective = decision.Texts("effective"),
        Required = decision.Texts("required"),
        Missing = decision.Texts("missing"),
        Match = decision.Text("match"),
        Clearance = decision.Text("clearance"),
        Sensitivity = decision.Text("sensitivity"),
        PolicyVersion = decision.Text("policyVersion"),
        Rules = RuleView.Read(decision),
    };
}

/// <summary>What one rule of the policy said.</summary>
public sealed record RuleView(string Rule, string Verdict, string? Reason, string Detail)
{
    internal static IReadOnlyList<RuleView> Read(JsonElement decision) =>
        decision.Member("rules") is { ValueKind: JsonValueKind.Array } rules
            ? [.. rules.EnumerateArray().Select(rule => new RuleView(rule.Text("rule") ?? "", rule.Text("verdict") ?? "", rule.Text("reason"), rule.Text("detail") ?? ""))]
            : [];
}
