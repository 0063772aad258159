namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>The realm's top-level groups, as the <c>groups</c> claim names them.</summary>
public static class GroupNames
{
    private const int MaxNameLength = 64;

    /// <summary>
    /// Values are full paths (<c>/engineering</c>): one leading slash is removed, and a value with another slash is ignored, so that the
    /// subgroup <c>/hr/admin</c> is never mistaken for <c>admin</c>.
    /// </summary>
    /// <param name="claim">The claim's values.</param>
    public static IReadOnlySet<string> Of(IEnumerable<string> claim) =>
        claim.Select(group => group.StartsWith('/') ? group[1..] : group)
            .Where(group => group.Length is > 0 and <= MaxNameLength && !group.Contains('/', StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
}
