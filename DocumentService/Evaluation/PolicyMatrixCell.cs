using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>One cell: the policy's decision for one agent, or for the person directly, on one document.</summary>
internal sealed record PolicyMatrixCell(
    DocumentId Document,
    [property: System.Text.Json.Serialization.JsonPropertyName("decision")] Outcome Outcome,
    ReasonCode Reason,
    ImmutableArray<string> Missing);
