namespace TraceDemo.Contracts.Registry;

/// <summary>What is known of one agent at this moment.</summary>
public abstract record AgentState
{
    private AgentState()
    {
    }

    /// <summary>The registry has not answered for more than five seconds: nobody knows, so delegated access is denied.</summary>
    public sealed record Unavailable : AgentState;

    /// <summary>The registry has no such agent.</summary>
    public sealed record Unknown : AgentState;

    /// <summary>The registry has it, enabled or not.</summary>
    /// <param name="Entry">What it says.</param>
    public sealed record Known(RegistryEntry Entry) : AgentState;
}
