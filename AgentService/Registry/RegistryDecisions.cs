using System.Collections.Immutable;
using System.Text.Json;
using TraceDemo.Contracts;

namespace TraceDemo.AgentService.Registry;

/// <summary>
/// All decisions of administrators beyond the registry file, shared by all replicas. Merging is commutative and idempotent,
/// so an older state never replaces a newer one. Agents that are not in
/// this replica's file are kept for the replicas that know them.
/// </summary>
internal sealed class RegistryDecisions
{
    public const int MaxAgents = 1000;

    public static readonly RegistryDecisions None = new(ImmutableSortedDictionary.Create<string, RegistryDecision>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, RegistryDecision> _byAgent;

    private RegistryDecisions(ImmutableSortedDictionary<string, RegistryDecision> byAgent) => _byAgent = byAgent;

    public bool IsEmpty => _byAgent.IsEmpty;

    public RegistryDecisions With(AgentId id, bool enabled) =>
        new(_byAgent.SetItem(id.Value, new RegistryDecision(enabled, (_byAgent.GetValueOrDefault(id.Value)?.Version ?? 0) + 1)));

    /// <summary>Returns this object if the others contain nothing new.</summary>
    public RegistryDecisions MergedWith(RegistryDecisions others)
    {
        var merged = _byAgent.ToBuilder();
        foreach (var (id, decision) in others._byAgent)
        {
            var later = merged.TryGetValue(id, out var own) ? RegistryDecision.LaterOf(own, decision) : decision;
            if (later != own)
            {
                merged[id] = later;
            }
        }

        var result = merged.ToImmutable();
        return ReferenceEquals(result, _byAgent) ? this : new RegistryDecisions(result);
    }

    public RegisteredAgent Apply(RegisteredAgent agent) =>
        _byAgent.TryGetValue(agent.Id.Value, out var decision) ? agent with { Enabled = decision.Enabled } : agent;

    /// <summary>Equal decisions have equal bytes: the agents are sorted.</summary>
    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(_byAgent, JsonSerializerOptions.Web);

    public static RegistryDecisions Read(byte[]? utf8Json)
    {
        try
        {
            var found = utf8Json is null
                ? null
                : JsonSerializer.Deserialize<Dictionary<string, RegistryDecision>>(utf8Json, JsonSerializerOptions.Web);
            return found is not { Count: > 0 and <= MaxAgents }
                ? None
                : new(found.Where(entry => entry.Value is { Version: > 0 and < long.MaxValue })
                    .ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            // Encrypted by this service, so this is the format of another version.
            return None;
        }
    }
}
