using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>An agent's limits, for display.</summary>
internal sealed record AgentLimits(
    AgentId Id, ImmutableArray<string> Capabilities, Sensitivity Clearance, ImmutableArray<string> AllowedGroups);
