using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceDemo.Topology.Agents;

/// <summary>The agents, one file each: <c>agents/[id].json</c>. The services read the rest of a file.</summary>
public sealed partial class AgentRoster
{
    private AgentRoster(IReadOnlyList<AgentIdentity> agents) => Agents = agents;

    /// <summary>Sorted by id.</summary>
    public IReadOnlyList<AgentIdentity> Agents { get; }

    public IEnumerable<string> Clients => Agents.Select(agent => agent.ClientId);

    /// <summary>The agents of a working copy.</summary>
    /// <exception cref="InvalidDataException">A file does not describe an agent; the message names the file and the reason.</exception>
    public static AgentRoster Load(string root)
    {
        var agents = Directory.EnumerateFiles(Path.Combine(root, "agents"), "*.json").Order(StringComparer.Ordinal).Select(Read).ToList();
        var shared = agents.GroupBy(agent => agent.ClientId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return shared is null
            ? new AgentRoster(agents)
            : throw new InvalidDataException(
                $"The agents {string.Join(" and ", shared.Select(agent => agent.Id))} share the client '{shared.Key}'; each needs its "
                + "own.");
    }

    private static AgentIdentity Read(string file)
    {
        var (name, id) = ($"agents/{Path.GetFileName(file)}", Path.GetFileNameWithoutExtension(file));
        if (!Id.IsMatch(id))
        {
            throw new InvalidDataException($"{name}: a file is named after its agent, with 1 to 64 characters of a-z, 0-9 and '-'.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("clientId", out var client) && client.ValueKind is JsonValueKind.String
                && client.GetString() is { } clientId && ClientId.IsMatch(clientId)
                    ? new AgentIdentity(id, clientId)
                    : throw new InvalidDataException($"{name}: 'clientId' must name the agent's OAuth client, with a-z, 0-9 and '-' only.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{name} is not JSON (line {fault.LineNumber + 1}).", fault);
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id { get; }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClientId { get; }
}
