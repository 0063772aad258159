using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>
/// What the policy decided and everything it decided it from. The same record
/// goes into the response, the span, the log and the audit entry.
/// </summary>
internal sealed record Decision
{
    [JsonPropertyName("decision")]
    public required Outcome Outcome { get; init; }

    public required ReasonCode Reason { get; init; }

    /// <summary>The first rule that denied; for an allowed access the one that decided who may read.</summary>
    public required string Rule { get; init; }

    public required string PolicyVersion { get; init; }

    public required CallerType CallerType { get; init; }

    /// <summary>The person's departments.</summary>
    public required ImmutableArray<string> Departments { get; init; }

    /// <summary>The acting agent as the policy data names it; null for direct access and for an unknown agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Null for direct access.</summary>
    public ImmutableArray<string>? Capabilities { get; init; }

    public Sensitivity? Clearance { get; init; }

    /// <summary>The departments that count: the person's, cut down to the agent's capabilities.</summary>
    public required ImmutableArray<string> Effective { get; init; }

    /// <summary>What the document needs; empty when it is unclassified.</summary>
    public required ImmutableArray<string> Required { get; init; }

    public DepartmentMatch? Match { get; init; }

    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Required, and not effective.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>What each rule said, in the order of the rules.</summary>
    public required ImmutableArray<RuleVerdict> Rules { get; init; }

    [JsonIgnore]
    public bool Allowed => Outcome == Outcome.Allow;
}
