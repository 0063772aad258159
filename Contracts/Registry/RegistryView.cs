using System.Collections.Frozen;

namespace TraceDemo.Contracts.Registry;

/// <summary>The registry as last read, refreshed every second in the background, so that no request waits for it.</summary>
public sealed class RegistryView(TimeProvider time)
{
    /// <summary>Older data counts as unavailable.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private volatile Seen? _seen;

    /// <summary>The state of one agent.</summary>
    /// <param name="id">The agent.</param>
    public AgentState Find(AgentId id) =>
        _seen is not { } seen || time.GetElapsedTime(seen.At) > MaxAge ? new AgentState.Unavailable()
        : seen.Agents.TryGetValue(id, out var entry) ? new AgentState.Known(entry)
        : new AgentState.Unknown();

    /// <summary>Updates the view with a response of the registry.</summary>
    /// <param name="agents">All agents, or null for no change.</param>
    internal void Refresh(IReadOnlyCollection<RegistryEntry>? agents)
    {
        var known = agents?.GroupBy(agent => agent.Id).ToFrozenDictionary(group => group.Key, group => group.First()) ?? _seen?.Agents;
        if (known is not null)
        {
            _seen = new Seen(known, time.GetTimestamp());
        }
    }

    private sealed record Seen(FrozenDictionary<AgentId, RegistryEntry> Agents, long At);
}
