using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary><c>agents.json</c> as it is written, before it is believed.</summary>
internal sealed class PolicyFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
    };

    public string?[]? Departments { get; set; }

    public Dictionary<string, Agent?>? Agents { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Unknown { get; set; } = [];

    public static PolicyFile Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<PolicyFile>(json, Strict) ?? new PolicyFile();
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The policy data is not valid: {error.Message}", error);
        }
    }

    /// <summary>Everything that is wrong, so that one start tells all of it.</summary>
    public IEnumerable<string> Errors()
    {
        foreach (var member in Unknown.Keys)
            yield return $"{member}: no such member";
        if (Departments is not { Length: > 0 })
            yield return "departments: name at least one";
        foreach (var department in Departments ?? [])
        {
            if (!AgentId.TryParse(department, null, out _) || department == Classification.Public)
                yield return $"departments: '{department}' is no department name (a-z, 0-9 and '-', not 'public')";
        }

        foreach (var error in AgentErrors())
            yield return error;
    }

    private IEnumerable<string> AgentErrors()
    {
        if (Agents is not { Count: > 0 })
            yield return "agents: name at least one";
        var clients = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, agent) in Agents ?? [])
        {
            if (!AgentId.TryParse(id, null, out _))
                yield return $"agents.{id}: an id is 1 to 64 of a-z, 0-9 and '-'";
            if (agent?.ClientId is { } client && !clients.Add(client))
                yield return $"agents.{id}.clientId: '{client}' belongs to another agent too";
            foreach (var error in agent is null ? ["must be an object"] : agent.Errors(Departments ?? []))
                yield return $"agents.{id}.{error}";
        }
    }

    internal sealed class Agent
    {
        public string? ClientId { get; set; }

        public string?[]? Capabilities { get; set; }

        public string? Clearance { get; set; }

        public string?[]? AllowedGroups { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Unknown { get; set; } = [];

        public IEnumerable<string> Errors(string?[] departments)
        {
            foreach (var member in Unknown.Keys)
                yield return $"{member}: no such member";
            if (string.IsNullOrWhiteSpace(ClientId))
                yield return "clientId: missing";
            else if (ClientId == AccessPolicy.DirectClient.Value)
                yield return $"clientId: '{ClientId}' stands for direct access and cannot be an agent";
            if (Words.Sensitivity(Clearance) is null)
                yield return $"clearance: '{Clearance}' is none of public, low, medium, high, critical";
            if (Capabilities is null)
                yield return "capabilities: missing";
            foreach (var capability in Capabilities?.Except(departments) ?? [])
                yield return $"capabilities: '{capability}' is no department";
            foreach (var group in AllowedGroups?.Except(departments) ?? [])
                yield return $"allowedGroups: '{group}' is no department";
        }

        public AgentPolicy ToPolicy(string id) =>
            new(AgentId.Parse(id, null), new ClientId(ClientId!), Sorted(Capabilities), Words.Sensitivity(Clearance)!.Value, Sorted(AllowedGroups));

        private static ImmutableArray<string> Sorted(string?[]? names) =>
            [.. (names ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
