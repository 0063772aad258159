using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.UserService.Delegation;

/// <summary>The agents' OAuth clients, by agent id, if configured: <c>Agents:{id}:ClientId</c>.</summary>
internal sealed class AgentClientNames() : Dictionary<string, AgentClientName>(StringComparer.OrdinalIgnoreCase)
{
    public const string Section = "Agents";

    /// <summary>The realm's convention, unless configured; for a wrong name the provider issues no token.</summary>
    public ClientId Of(AgentId agent) => new(this.GetValueOrDefault(agent.Value)?.ClientId ?? $"agent-{agent}");
}
