using System.Text.Json;

namespace TraceDemo.Topology.Realms;

/// <summary>The departments of realms/departments.json: groups of the realm, and the names allowed in the policy.</summary>
public static class Departments
{
    /// <exception cref="InvalidDataException">The file is not a list of names.</exception>
    public static IReadOnlyList<string> Load(string root)
    {
        try
        {
            var names = JsonSerializer.Deserialize<List<string?>>(File.ReadAllText(Path.Combine(root, "realms", "departments.json")));
            return names is { Count: > 0 } && names.All(name => !string.IsNullOrWhiteSpace(name))
                ? [.. names.OfType<string>().Distinct(StringComparer.Ordinal)]
                : throw new InvalidDataException("realms/departments.json must list at least one department, by name.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"realms/departments.json is not a JSON list of names (line {fault.LineNumber + 1}).", fault);
        }
    }
}
