using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>What an agent may at most be used for, by whom, and the OAuth client it is
/// known by. These limits are the resource's, not the agent's.</summary>
/// <param name="Capabilities">Departments whose documents it may handle; sorted.</param>
/// <param name="AllowedGroups">Departments whose people may use it; sorted.</param>
internal sealed record AgentPolicy(
    AgentId Id, ClientId Client, ImmutableArray<string> Capabilities, Sensitivity Clearance, ImmutableArray<string> AllowedGroups)
{
    /// <summary>Stands for a client that no policy names: it can do nothing, so each rule denies it by itself.</summary>
    public static readonly AgentPolicy Unknown = new(default, default, [], Sensitivity.Public, []);
}
