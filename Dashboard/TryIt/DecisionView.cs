using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The policy's decision with the facts it is based on.</summary>
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
