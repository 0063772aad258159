using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.UserService.Delegation;

/// <summary>The agents' OAuth clients, by agent id, as far as they are configured: <c>Agents:{id}:ClientId</c>.</summary>
internal sealed class AgentClientNames() : Dictionary<string, AgentClientName>(StringComparer.OrdinalIgnoreCase)
{
    /// <summary>The realm's convention, unless configured; a wrong name gets no token, since the provider issues none for it.</summary>
    public ClientId Of(AgentId agent) => new(this.GetValueOrDefault(agent.Value)?.ClientId ?? $"agent-{agent}");
}
