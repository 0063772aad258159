using System.Collections.Immutable;
using System.Text.Json;
using TraceDemo.Contracts;

namespace TraceDemo.AgentService.Registry;

/// <summary>Reads the registry's part of each <c>agents/[id].json</c>, and reports all errors at once.</summary>
internal static class RegistryFolder
{
    public const int MaxFileBytes = 16 * 1024;
    public const int MaxAgents = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <exception cref="InvalidDataException">The folder is missing or a file is invalid; the message contains every error.</exception>
    public static ImmutableArray<RegisteredAgent> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"The folder of agents '{folder}' does not exist: set Registry__Folder.");
        }

        var files = new DirectoryInfo(folder).EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Take(MaxAgents + 1).ToList();
        if (files.Count is 0 or > MaxAgents)
        {
            throw Invalid([$"'{folder}' must contain 1 to {MaxAgents} agents, one file each"]);
        }

        var errors = new List<string>();
        var agents = files.Select(file => Read(file, errors)).ToList();
        return errors.Count == 0 ? [.. agents.OfType<RegisteredAgent>()] : throw Invalid(errors);
    }

    private static RegisteredAgent? Read(FileInfo file, List<string> errors)
    {
        if (file.Length > MaxFileBytes)
        {
            errors.Add($"{file.Name} is larger than {MaxFileBytes} bytes");
            return null;
        }

        var id = Path.GetFileNameWithoutExtension(file.Name);
        try
        {
            var entry = JsonSerializer.Deserialize<RegistryFile>(File.ReadAllText(file.FullName), Json) ?? new RegistryFile();
            var faults = entry.Errors(id).Select(error => $"{file.Name}: {error}").ToList();
            errors.AddRange(faults);
            return faults.Count == 0 ? entry.ToAgent(AgentId.Parse(id, null)) : null;
        }
        catch (JsonException fault)
        {
            errors.Add($"{file.Name} does not describe an agent (line {fault.LineNumber + 1}, {fault.Path})");
            return null;
        }
    }

    private static InvalidDataException Invalid(IEnumerable<string> errors) =>
        new($"The agent registry is invalid: {string.Join("; ", errors)}.");
}
