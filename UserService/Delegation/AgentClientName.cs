namespace TraceDemo.UserService.Delegation;

/// <summary>One agent's settings, as far as user-service needs them.</summary>
internal sealed class AgentClientName
{
    public string? ClientId { get; set; }
}
