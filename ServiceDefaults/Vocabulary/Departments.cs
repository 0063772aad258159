namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>Departments as the realm's top-level groups name them.</summary>
public static class Departments
{
    /// <summary>The group whose members may change documents and agents.</summary>
    public const string Admin = "admin";

    /// <summary>
    /// Reads the <c>groups</c> claim. Values are full paths (<c>/engineering</c>): one leading slash is stripped, and a value with
    /// another one is ignored, so that a subgroup <c>/hr/admin</c> never passes for <c>admin</c>.
    /// </summary>
    /// <param name="groups">The claim's values.</param>
    public static IReadOnlySet<string> FromGroups(IEnumerable<string> groups) =>
        groups.Select(group => group.StartsWith('/') ? group[1..] : group)
            .Where(group => group.Length is > 0 and <= 64 && !group.Contains('/', StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
}
