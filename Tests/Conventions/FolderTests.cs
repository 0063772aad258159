using System.Reflection;

namespace TraceDemo.Tests.Conventions;

/// <summary>Folders are features: whoever takes one along takes what it uses, and nothing that uses it.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Projects => [.. Assemblies.OfSource.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_have_no_dependency_cycles(string project)
    {
        var uses = Uses(Assembly.Load(project), project).ToLookup(use => use.From);
        Findings.None(from use in uses.SelectMany(found => found)
                      where Reaches(use.To, use.From)
                      select $"{use.From} -> {use.To}: {use.Example}");

        bool Reaches(string from, string to)
        {
            HashSet<string> seen = [from];
            for (var open = new Queue<string>(seen); open.TryDequeue(out var folder);)
            {
                if (folder == to)
                {
                    return true;
                }
                foreach (var next in uses[folder].Where(use => seen.Add(use.To)))
                {
                    open.Enqueue(next.To);
                }
            }

            return false;
        }
    }

    /// <summary>The root, which puts the folders together, may use all of them.</summary>
    private static IEnumerable<(string From, string To, string Example)> Uses(Assembly assembly, string root)
    {
        var folders = assembly.GetTypes().Where(type => Folder(type) is not null).ToList();
        return from type in folders
               from used in CompiledCode.TypesNamedBy(type)
               where used.Assembly == assembly && Folder(used) is not null && Folder(used) != Folder(type)
               group $"{Outermost(type).Name} uses {Outermost(used).Name}" by (From: Folder(type)!, To: Folder(used)!) into use
               select (use.Key.From, use.Key.To, string.Join(", ", use.Distinct().Order(StringComparer.Ordinal).Take(4)));

        string? Folder(Type type) => type.Namespace is { } space && space.StartsWith($"{root}.", StringComparison.Ordinal)
            ? space[(root.Length + 1)..]
            : null;
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
