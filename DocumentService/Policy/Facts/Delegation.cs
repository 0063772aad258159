namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>An agent acts for the person.</summary>
/// <param name="Policy">Null if the policy data does not contain the acting client.</param>
internal sealed record Delegation(AgentPolicy? Policy, RegistryState Registry, GrantVerdict Grant);
