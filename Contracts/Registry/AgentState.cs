namespace TraceDemo.Contracts.Registry;

/// <summary>The current state of one agent.</summary>
public abstract record AgentState
{
    private AgentState()
    {
    }

    /// <summary>The registry has not responded for more than five seconds: the state is unknown, so delegated access is denied.</summary>
    public sealed record Unavailable : AgentState;

    /// <summary>The registry does not contain the agent.</summary>
    public sealed record Unknown : AgentState;

    /// <summary>The registry contains the agent, enabled or not.</summary>
    /// <param name="Entry">The registry's entry.</param>
    public sealed record Known(RegistryEntry Entry) : AgentState;
}
