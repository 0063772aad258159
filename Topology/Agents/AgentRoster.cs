using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using TraceDemo.Topology.Services;

namespace TraceDemo.Topology.Agents;

/// <summary>The agents, one file each: <c>agents/[id].json</c>. The services read the rest of a file.</summary>
public sealed partial class AgentRoster
{
    /// <summary>A generous limit for one agent's description.</summary>
    private const int MaxFileBytes = 16 * 1024;

    /// <summary>Clients of the realm, and those that Keycloak creates in each realm: an agent with one of them would act as that
    /// client.</summary>
    private static readonly FrozenSet<string> ReservedClients =
    [
        .. Service.Relying.Select(service => service.Name), "tracedemo-cli",
        "account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console",
    ];

    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false };

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
            // An empty length is also that of a pipe, whose reading would not end.
            if (new FileInfo(file).Length is 0 or > MaxFileBytes)
            {
                throw new InvalidDataException($"{name} is empty or larger than {MaxFileBytes} bytes.");
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(file), Json);
            return new AgentIdentity(id, ReadClient(json.RootElement, name));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                fault.LineNumber is { } line ? $"{name} is not JSON (line {line + 1})." : $"{name} contains a member twice.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name} cannot be read: {fault.Message}", fault);
        }
    }

    private static string ReadClient(JsonElement agent, string name)
    {
        // The raw text: what an escape could stand for is no valid id, and an unpaired surrogate could not be read.
        if (agent.ValueKind is not JsonValueKind.Object || !agent.TryGetProperty("clientId", out var client)
            || client.ValueKind is not JsonValueKind.String
            || client.GetRawText()[1..^1] is not { } clientId || !ClientId.IsMatch(clientId))
        {
            throw new InvalidDataException($"{name}: 'clientId' must name the agent's OAuth client, with a-z, 0-9 and '-' only.");
        }

        return ReservedClients.Contains(clientId)
            ? throw new InvalidDataException(
                $"{name}: the client '{clientId}' is not an agent's; choose another, such as 'agent-{clientId}'.")
            : clientId;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id { get; }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClientId { get; }
}
