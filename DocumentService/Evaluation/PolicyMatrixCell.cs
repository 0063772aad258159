using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>One cell: what the policy would say to one agent, or to the person alone, about one document.</summary>
internal sealed record PolicyMatrixCell(
    DocumentId Document,
    [property: System.Text.Json.Serialization.JsonPropertyName("decision")] Outcome Outcome,
    ReasonCode Reason,
    ImmutableArray<string> Missing);
