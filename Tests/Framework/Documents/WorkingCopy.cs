using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Framework.Documents;

/// <summary>A folder with agents and departments of a test's own, and what else the real one has in realms/.</summary>
internal sealed class WorkingCopy : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tracedemo-working-copy-");

    public WorkingCopy(params IEnumerable<(string Id, string Json)> agents)
    {
        Directory.CreateDirectory(Agents);
        Directory.CreateDirectory(Path.GetDirectoryName(Departments)!);
        File.Copy(DevelopmentRealm.Path(Repository.Root),
            DevelopmentRealm.Path(Root));
        SetDepartments("""["hr"]""");
        foreach (var (id, json) in agents)
        {
            SetAgent(id, json);
        }
    }

    public string Root => _root.FullName;

    public string Agents => Path.Combine(Root, "agents");

    public string Departments => Path.Combine(Root, "realms", "departments.json");

    public void SetAgent(string id, string json) => File.WriteAllText(Path.Combine(Agents, $"{id}.json"), json);

    public void SetDepartments(string json) => File.WriteAllText(Departments, json);

    public void Dispose() => _root.Delete(recursive: true);
}
