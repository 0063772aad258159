using System.Collections.Immutable;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Policy;

/// <param name="Agent">Null for direct access.</param>
internal sealed record PolicyMatrixRow(AgentId? Agent, ImmutableArray<PolicyMatrixCell> Cells);
