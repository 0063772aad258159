namespace TraceDemo.Standalone.Demo;

/// <summary>A person of the development realm whose password equals the name.</summary>
internal sealed record DemoPerson(string Name, IReadOnlyList<string> Groups)
{
    public bool IsAdmin => Groups.Contains("admin");
}
