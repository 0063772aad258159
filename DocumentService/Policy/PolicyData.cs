using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.DocumentService.Policy;

/// <summary>The departments and each agent's limits, from
/// <c>agents/[id].json</c>. Fixed for the life of the process.</summary>
internal sealed class PolicyData
{
    private readonly FrozenDictionary<ClientId, AgentPolicy> _byClient;
    private readonly FrozenDictionary<AgentId, AgentPolicy> _byId;

    private PolicyData(FrozenSet<string> departments, IEnumerable<AgentPolicy> agents, string version)
    {
        Departments = departments;
        Agents = [.. agents.OrderBy(agent => agent.Id.Value, StringComparer.Ordinal)];
        _byClient = Agents.ToFrozenDictionary(agent => agent.Client);
        _byId = Agents.ToFrozenDictionary(agent => agent.Id);
        Version = version;
    }

    public FrozenSet<string> Departments { get; }

    /// <summary>Sorted by id.</summary>
    public ImmutableArray<AgentPolicy> Agents { get; }

    /// <summary>Version of the rules, then the first 12 hex digits of the data's SHA-256: changes with either.</summary>
    public string Version { get; }

    /// <summary>The client that a token was issued to identifies the actor, never a name in a request.</summary>
    public AgentPolicy? Find(ClientId client) => _byClient.GetValueOrDefault(client);

    public AgentPolicy? Find(AgentId agent) => _byId.GetValueOrDefault(agent);

    /// <exception cref="InvalidDataException">The files contain invalid policy data; the message contains every error.</exception>
    public static PolicyData Load(PolicyOptions options)
    {
        var file = PolicyFile.Read(options);
        var errors = file.Errors().ToArray();
        if (errors.Length > 0)
        {
            throw new InvalidDataException($"The policy data is not valid: {string.Join("; ", errors)}.");
        }

        var departments = file.Departments.OfType<string>().Order(StringComparer.Ordinal).ToArray();
        var agents = file.Agents.Select(agent => agent.Value!.ToPolicy(agent.Key)).ToArray();
        // The members that decide, and no others of the files.
        var data = JsonSerializer.SerializeToUtf8Bytes(new { departments, agents }, JsonSerializerOptions.Web);
        var version = $"{AccessPolicy.RulesVersion}+{Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 6))}";
        return new(departments.ToFrozenSet(StringComparer.Ordinal), agents, version);
    }
}
