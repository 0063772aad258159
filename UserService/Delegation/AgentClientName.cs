namespace TraceDemo.UserService.Delegation;

/// <summary>One agent's settings that user-service needs.</summary>
internal sealed class AgentClientName
{
    public string? ClientId { get; set; }
}
