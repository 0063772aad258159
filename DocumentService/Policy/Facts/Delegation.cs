namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>An agent acts for the person.</summary>
/// <param name="Policy">Null when no policy data names the acting client.</param>
internal sealed record Delegation(AgentPolicy? Policy, RegistryState Registry, GrantVerdict Grant);
