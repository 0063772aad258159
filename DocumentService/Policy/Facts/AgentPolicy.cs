using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>An agent's limits, the people who may use it, and its
/// OAuth client. The resource defines these limits, not the agent.</summary>
/// <param name="Capabilities">Departments whose documents it may handle; sorted.</param>
/// <param name="AllowedGroups">Departments whose people may use it; sorted.</param>
internal sealed record AgentPolicy(
    AgentId Id, ClientId Client, ImmutableArray<string> Capabilities, Sensitivity Clearance, ImmutableArray<string> AllowedGroups)
{
    /// <summary>For a client that is not in the policy: it has no rights, so each rule denies it independently.</summary>
    public static readonly AgentPolicy Unknown = new(default, default, [], Sensitivity.Public, []);
}
