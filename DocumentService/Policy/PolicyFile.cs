using System.Text.Json;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Policy;

/// <summary>The list of departments and the policy's part of each agent's file, before validation.</summary>
internal sealed class PolicyFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
    };

    public required string?[] Departments { get; init; }

    /// <summary>By id, sorted by id.</summary>
    public required SortedDictionary<string, AgentLimitsFile?> Agents { get; init; }

    /// <exception cref="InvalidDataException">A file is missing or not JSON of this form.</exception>
    public static PolicyFile Read(PolicyOptions options)
    {
        var agents = new SortedDictionary<string, AgentLimitsFile?>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(options.Agents) ? Directory.EnumerateFiles(options.Agents, "*.json") : [])
        {
            agents[Path.GetFileNameWithoutExtension(file)] = Read<AgentLimitsFile>(file);
        }

        return new PolicyFile { Departments = Read<string?[]>(options.Departments) ?? [], Agents = agents };
    }

    /// <summary>All errors, so that one start reports all of them.</summary>
    public IEnumerable<string> Errors()
    {
        if (Departments.Length == 0)
        {
            yield return "departments: name at least one";
        }

        foreach (var department in Departments)
        {
            if (!AgentId.TryParse(department, null, out _) || department == Classification.Public)
            {
                yield return $"departments: '{department}' is no department name (a-z, 0-9 and '-', not 'public')";
            }
        }

        foreach (var error in AgentErrors())
        {
            yield return error;
        }
    }

    private IEnumerable<string> AgentErrors()
    {
        if (Agents.Count == 0)
        {
            yield return "agents: there is none; Policy__Agents names their folder";
        }

        var clients = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, agent) in Agents)
        {
            if (!AgentId.TryParse(id, null, out _))
            {
                yield return $"{id}.json: a file is named after its agent, with 1 to 64 characters of a-z, 0-9 and '-'";
            }

            if (agent?.ClientId is { } client && !clients.Add(client))
            {
                yield return $"{id}.json: clientId: '{client}' belongs to another agent too";
            }

            foreach (var error in agent is null ? ["must be an object"] : agent.Errors(Departments))
            {
                yield return $"{id}.json: {error}";
            }
        }
    }

    private static T? Read<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Strict);
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new InvalidDataException($"The policy data is not valid: {Path.GetFileName(file)}: {fault.Message}", fault);
        }
    }
}
