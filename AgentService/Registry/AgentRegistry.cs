using System.Collections.Immutable;
using TraceDemo.Contracts;

namespace TraceDemo.AgentService.Registry;

/// <summary>The agents and whether each is enabled. The set of agents is fixed at startup; only their state changes.</summary>
internal sealed class AgentRegistry(ImmutableArray<RegisteredAgent> agents)
{
    private RegistrySnapshot _current = RegistrySnapshot.Of(agents, RegistryDecisions.None);

    public RegistrySnapshot Current => Volatile.Read(ref _current);

    public RegisteredAgent? Find(AgentId id) => Current.Agents.FirstOrDefault(agent => agent.Id == id);

    /// <summary>The agent in its new state, or null if the id is unknown.</summary>
    public RegisteredAgent? SetEnabled(AgentId id, bool enabled)
    {
        Change(before => before.Agents.Any(agent => agent.Id == id && agent.Enabled != enabled)
            ? before.Decisions.With(id, enabled) : before.Decisions);
        return Find(id);
    }

    /// <summary>Applies later decisions of another replica, or of an earlier run.
    /// Agents that are not in the registry remain unknown.</summary>
    public void Merge(RegistryDecisions others) => Change(before => before.Decisions.MergedWith(others));

    private void Change(Func<RegistrySnapshot, RegistryDecisions> decide)
    {
        while (true)
        {
            var before = Current;
            var decisions = decide(before);
            if (decisions == before.Decisions)
            {
                return;
            }

            var after = RegistrySnapshot.Of([.. before.Agents.Select(decisions.Apply)], decisions);
            if (Interlocked.CompareExchange(ref _current, after, before) == before)
            {
                return;
            }
        }
    }
}
