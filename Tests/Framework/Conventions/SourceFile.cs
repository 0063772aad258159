using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>A text file of the repository, by its path from the root.</summary>
internal sealed record SourceFile(string Path)
{
    private readonly Lazy<IReadOnlyList<string>> _lines = new(() => File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path)));

    public IReadOnlyList<string> Lines => _lines.Value;

    public string Text => string.Join('\n', Lines);

    /// <summary>The top folder, or nothing for a file beside the solution.</summary>
    public string Project => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    public bool IsTest => Project is "Tests" or "AppHost.Tests";

    public override string ToString() => Path;
}
