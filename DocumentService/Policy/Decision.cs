using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>
/// The policy's decision and all facts it is based on. The same record
/// goes into the response, the span, the log and the audit entry.
/// </summary>
internal sealed record Decision
{
    [JsonPropertyName("decision")]
    public required Outcome Outcome { get; init; }

    public required ReasonCode Reason { get; init; }

    /// <summary>The first rule that denied; for an allowed access the rule that granted it.</summary>
    public required string Rule { get; init; }

    public required string PolicyVersion { get; init; }

    public required CallerType CallerType { get; init; }

    /// <summary>The person's departments.</summary>
    public required ImmutableArray<string> Departments { get; init; }

    /// <summary>The acting agent by its id in the policy data; null for direct access and for an unknown agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Null for direct access.</summary>
    public ImmutableArray<string>? Capabilities { get; init; }

    public Sensitivity? Clearance { get; init; }

    /// <summary>The effective departments: the person's, restricted to the agent's capabilities.</summary>
    public required ImmutableArray<string> Effective { get; init; }

    /// <summary>The document's departments; empty if it is unclassified.</summary>
    public required ImmutableArray<string> Required { get; init; }

    public DepartmentMatch? Match { get; init; }

    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Required, but not effective.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>The result of each rule, in rule order.</summary>
    public required ImmutableArray<RuleVerdict> Rules { get; init; }

    [JsonIgnore]
    public bool Allowed => Outcome == Outcome.Allow;
}
