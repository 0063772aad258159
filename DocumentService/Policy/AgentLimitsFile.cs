using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>The policy's part of an agent's file.</summary>
internal sealed class AgentLimitsFile
{
    /// <summary>The members that agent-service shows. They are not evaluated here.</summary>
    private static readonly ImmutableArray<string> OfOthers = ["name", "description", "kind", "enabled"];

    public string? ClientId { get; init; }

    public string?[]? Capabilities { get; init; }

    public string? Clearance { get; init; }

    public string?[]? AllowedGroups { get; init; }

    [JsonExtensionData, JsonInclude]
    private Dictionary<string, JsonElement> Others { get; init; } = [];

    public IEnumerable<string> Errors(string?[] departments)
    {
        foreach (var member in Others.Keys.Except(OfOthers))
        {
            yield return $"{member}: no such member";
        }

        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return "clientId: missing";
        }
        else if (ClientId == AccessPolicy.DirectClient.Value)
        {
            yield return $"clientId: '{ClientId}' stands for direct access and cannot be an agent";
        }

        if (!ExactWord.TryParse<Sensitivity>(Clearance, out _))
        {
            yield return $"clearance: '{Clearance}' is none of public, low, medium, high, critical";
        }

        if (Capabilities is null)
        {
            yield return "capabilities: missing";
        }

        foreach (var capability in Capabilities?.Except(departments) ?? [])
        {
            yield return $"capabilities: '{capability}' is not in realms/departments.json";
        }

        foreach (var group in AllowedGroups?.Except(departments) ?? [])
        {
            yield return $"allowedGroups: '{group}' is not in realms/departments.json";
        }
    }

    public AgentPolicy ToPolicy(string id) =>
        new(AgentId.Parse(id, null), new ClientId(ClientId!), Sorted(Capabilities), ExactWord.Parse<Sensitivity>(Clearance),
            Sorted(AllowedGroups));

    private static ImmutableArray<string> Sorted(string?[]? names) =>
        [.. (names ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
