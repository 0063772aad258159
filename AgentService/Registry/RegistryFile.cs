using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

/// <summary>Reads agents.json, and names everything that is wrong with it at once.</summary>
internal static class RegistryFile
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxAgents = 200;
    public const int MaxNameLength = 100;
    public const int MaxDescriptionLength = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ImmutableArray<RegisteredAgent> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InvalidDataException($"There is no agent registry at '{path}': set Registry__File.");
        if (file.Length > MaxBytes)
            throw new InvalidDataException($"The agent registry '{path}' is larger than {MaxBytes} bytes.");
        return Parse(File.ReadAllText(path));
    }

    public static ImmutableArray<RegisteredAgent> Parse(string json)
    {
        var entries = Deserialize(json);
        var errors = Duplicates(entries).Concat(entries.SelectMany(Errors)).ToList();
        if (entries.Count is 0 or > MaxAgents)
            errors.Add($"it holds {entries.Count} agents, not 1 to {MaxAgents}");
        return errors.Count == 0
            ? [.. entries.Select(entry => entry.ToAgent())]
            : throw Invalid(errors);
    }

    private static List<Entry> Deserialize(string json)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<List<Entry?>>(json, Json) ?? [];
            return [.. entries.Select(entry => entry ?? new Entry())];
        }
        catch (JsonException e)
        {
            throw Invalid([$"it is not a JSON list of agents (line {e.LineNumber + 1}, {e.Path})"]);
        }
    }

    private static IEnumerable<string> Duplicates(List<Entry> entries) =>
        entries.Where(entry => entry.Id is not null)
            .GroupBy(entry => entry.Id, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"'{group.Key}' is there {group.Count()} times");

    private static IEnumerable<string> Errors(Entry entry, int index)
    {
        var who = entry.Id is null ? $"agent {index + 1}" : $"'{entry.Id}'";
        if (!AgentId.TryParse(entry.Id, null, out _))
            yield return $"{who}: 'id' must be 1 to 64 characters of a-z, 0-9 and '-'";
        if (entry.Name is not { Length: > 0 and <= MaxNameLength })
            yield return $"{who}: 'name' must have 1 to {MaxNameLength} characters";
        if (entry.Description is not { Length: > 0 and <= MaxDescriptionLength })
            yield return $"{who}: 'description' must have 1 to {MaxDescriptionLength} characters";
        if (!Kinds.ContainsKey(entry.Kind ?? ""))
            yield return $"{who}: 'kind' must be one of {string.Join(", ", Kinds.Keys)}";
        if (entry.Enabled is null)
            yield return $"{who}: 'enabled' must be true or false";
        foreach (var member in entry.Unknown?.Keys ?? Enumerable.Empty<string>())
            yield return $"{who}: '{member}' does not belong here (an agent's limits are policy data of document-service)";
    }

    private static readonly ImmutableSortedDictionary<string, AgentKind> Kinds =
        Enum.GetValues<AgentKind>().ToImmutableSortedDictionary(
            kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), kind => kind, StringComparer.Ordinal);

    private static InvalidDataException Invalid(IEnumerable<string> errors) =>
        new("The agent registry is invalid: " + string.Join("; ", errors) + ".");

    private sealed record Entry
    {
        public string? Id { get; init; }
        public string? Name { get; init; }
        public string? Description { get; init; }
        public string? Kind { get; init; }
        public bool? Enabled { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Unknown { get; set; }

        public RegisteredAgent ToAgent() =>
            new(AgentId.Parse(Id!, null), Name!, Description!, Kinds[Kind!], Enabled!.Value);
    }
}
