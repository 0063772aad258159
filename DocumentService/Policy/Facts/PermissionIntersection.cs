using System.Collections.Immutable;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>The person's departments, restricted by the agent's, compared with the document's. All lists are sorted.</summary>
/// <param name="Capabilities">Null for direct access, where the person's departments are not restricted.</param>
/// <param name="Effective">The effective departments.</param>
/// <param name="Required">Empty for an unclassified document, which nothing satisfies.</param>
/// <param name="Missing">Required but not effective; empty if the requirement is satisfied.</param>
internal sealed record PermissionIntersection(
    ImmutableArray<string> Departments,
    ImmutableArray<string>? Capabilities,
    ImmutableArray<string> Effective,
    Classification? Required,
    ImmutableArray<string> Missing)
{
    /// <summary>Empty sets that satisfy nothing.</summary>
    public static readonly PermissionIntersection None = new([], null, [], null, []);

    public bool Satisfied { get; private init; }

    public static PermissionIntersection Of(AccessFacts facts)
    {
        var departments = Sorted(facts.Departments);
        var capabilities = facts.Agent?.Capabilities;
        var effective = capabilities is { } limits ? Both(departments, limits) : departments;
        var required = facts.Document?.Classification;
        var satisfied = required is not null && Satisfies(effective, required);
        var missing = satisfied || required is null ? [] : Without(required.Departments, effective);
        return new(departments, capabilities, effective, required, missing) { Satisfied = satisfied };
    }

    private static bool Satisfies(ImmutableArray<string> effective, Classification required)
    {
        if (required.IsPublic)
        {
            return true;
        }

        var held = 0;
        foreach (var department in required.Departments)
        {
            held += effective.Contains(department) ? 1 : 0;
        }
        // "All of nothing" would be true, so both modes require at least one.
        return held > 0 && (required.Match == DepartmentMatch.Any || held == required.Departments.Length);
    }

    private static ImmutableArray<string> Sorted(IReadOnlySet<string> names)
    {
        var sorted = new string[names.Count];
        var next = 0;
        foreach (var name in names)
        {
            sorted[next++] = name;
        }

        Array.Sort(sorted, StringComparer.Ordinal);
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(sorted);
    }

    private static ImmutableArray<string> Both(ImmutableArray<string> left, ImmutableArray<string> right) =>
        Filtered(left, right, keep: true);

    private static ImmutableArray<string> Without(ImmutableArray<string> left, ImmutableArray<string> right) =>
        Filtered(left, right, keep: false);

    private static ImmutableArray<string> Filtered(ImmutableArray<string> left, ImmutableArray<string> right, bool keep)
    {
        var result = ImmutableArray.CreateBuilder<string>(left.Length);
        foreach (var name in left)
        {
            if (right.Contains(name) == keep)
            {
                result.Add(name);
            }
        }

        return result.DrainToImmutable();
    }
}
