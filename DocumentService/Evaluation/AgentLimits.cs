using System.Collections.Immutable;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>An agent's limits, for display.</summary>
internal sealed record AgentLimits(
    AgentId Id, ImmutableArray<string> Capabilities, Sensitivity Clearance, ImmutableArray<string> AllowedGroups);
