using System.Collections.Immutable;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <param name="Agent">Null for direct access.</param>
internal sealed record PolicyMatrixRow(AgentId? Agent, ImmutableArray<PolicyMatrixCell> Cells);
