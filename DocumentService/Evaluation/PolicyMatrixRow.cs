using System.Collections.Immutable;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Evaluation;

/// <param name="Agent">Null for direct access.</param>
internal sealed record PolicyMatrixRow(AgentId? Agent, ImmutableArray<PolicyMatrixCell> Cells);
