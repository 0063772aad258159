using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>What the policy lets the person read, through each agent or directly.</summary>
internal sealed class Reach
{
    private readonly Dictionary<string, IReadOnlySet<string>> _byAgent;

    private Reach(Dictionary<string, IReadOnlySet<string>> byAgent) => _byAgent = byAgent;

    /// <summary>Unknown, so nothing is shown.</summary>
    public static Reach Unknown { get; } = new([]);

    /// <summary>The ids of documents.</summary>
    /// <param name="agent">The agent's id; null or empty for the person alone.</param>
    public IReadOnlySet<string> Of(string? agent) => _byAgent.GetValueOrDefault(agent ?? "", new HashSet<string>());

    public bool Knows(string? agent) => _byAgent.ContainsKey(agent ?? "");

    /// <summary>From the matrix that the policy computes: <c>{rows: [{agent, cells: [{document, decision}]}]}</c>.</summary>
    public static Reach Read(JsonElement matrix) => matrix.Member("rows") is not { ValueKind: JsonValueKind.Array } rows ? Unknown : new(
        rows.EnumerateArray()
            .GroupBy(row => row.Text("agent") ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlySet<string>)Allowed(group.First()).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal));

    private static IEnumerable<string> Allowed(JsonElement row) => row.Member("cells") is { ValueKind: JsonValueKind.Array } cells
        ? cells.EnumerateArray().Where(cell => cell.Text("decision") == "allow").Select(cell => cell.Text("document")).OfType<string>()
        : [];
}
