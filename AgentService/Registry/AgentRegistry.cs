using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

/// <summary>The agents and whether each is enabled. Which agents there are is fixed at start; only their state changes.</summary>
internal sealed class AgentRegistry(ImmutableArray<RegisteredAgent> agents)
{
    private RegistrySnapshot _current = RegistrySnapshot.Of(agents);

    public RegistrySnapshot Current => Volatile.Read(ref _current);

    public RegisteredAgent? Find(AgentId id) => Current.Agents.FirstOrDefault(agent => agent.Id == id);

    /// <summary>The agent in its new state, or null when there is none with this id.</summary>
    public RegisteredAgent? SetEnabled(AgentId id, bool enabled)
    {
        while (true)
        {
            var before = Current;
            var agent = before.Agents.FirstOrDefault(agent => agent.Id == id);
            if (agent is null || agent.Enabled == enabled)
                return agent;

            var changed = agent with { Enabled = enabled };
            var after = RegistrySnapshot.Of(before.Agents.Replace(agent, changed));
            if (Interlocked.CompareExchange(ref _current, after, before) == before)
                return changed;
        }
    }
}

/// <summary>The whole registry at one moment, as it goes over the wire, under the entity tag of exactly these bytes (RFC 9110 §8.8.3).</summary>
internal sealed record RegistrySnapshot(ImmutableArray<RegisteredAgent> Agents, ReadOnlyMemory<byte> Utf8Json, string ETag)
{
    public static RegistrySnapshot Of(ImmutableArray<RegisteredAgent> agents)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(agents, JsonSerializerOptions.Web);
        return new RegistrySnapshot(agents, json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"");
    }
}
