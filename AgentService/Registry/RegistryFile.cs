using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

/// <summary>The registry's part of an agent's file, before validation.</summary>
internal sealed record RegistryFile
{
    public const int MaxNameLength = 100;
    public const int MaxDescriptionLength = 500;

    /// <summary>An agent's limits belong to document-service. They are never read here, not even to validate them.</summary>
    private static readonly ImmutableArray<string> OfOthers = ["clientId", "capabilities", "clearance", "allowedGroups"];

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Kind { get; init; }

    public bool? Enabled { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Others { get; init; } = [];

    public IEnumerable<string> Errors(string id)
    {
        if (!AgentId.TryParse(id, null, out _))
        {
            yield return "a file is named after its agent, with 1 to 64 characters of a-z, 0-9 and '-'";
        }

        if (Name is not { Length: > 0 and <= MaxNameLength })
        {
            yield return $"'name' must have 1 to {MaxNameLength} characters";
        }

        if (Description is not { Length: > 0 and <= MaxDescriptionLength })
        {
            yield return $"'description' must have 1 to {MaxDescriptionLength} characters";
        }

        if (!ExactWord.TryParse<AgentKind>(Kind, out _))
        {
            var kinds = Enum.GetValues<AgentKind>().Select(kind => kind.Word()).Order(StringComparer.Ordinal);
            yield return $"'kind' must be one of {string.Join(", ", kinds)}";
        }

        if (Enabled is null)
        {
            yield return "'enabled' must be true or false";
        }

        foreach (var member in Others.Keys.Except(OfOthers))
        {
            yield return $"'{member}' is not a member of an agent";
        }
    }

    public RegisteredAgent ToAgent(AgentId id) => new(id, Name!, Description!, ExactWord.Parse<AgentKind>(Kind), Enabled!.Value);
}
