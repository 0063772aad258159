namespace TraceDemo.Contracts;

/// <summary>Details of problems with an agent, the same from every service.</summary>
public static class AgentProblems
{
    /// <summary>The detail of <see cref="AccessReasons.AgentNotFound"/>.</summary>
    /// <param name="id">The requested agent.</param>
    public static string Unknown(AgentId id) => $"Unknown agent '{id}'; GET /api/agents lists them.";

    /// <summary>The detail of <see cref="AccessReasons.AgentDisabled"/>.</summary>
    /// <param name="id">The requested agent.</param>
    public static string Disabled(AgentId id) => $"The agent '{id}' is disabled; an administrator can enable it.";
}
