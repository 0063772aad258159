using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>The files of the repository, except built, downloaded and ignored ones.</summary>
internal static class SourceFiles
{
    private static readonly string[] Ignored = ["bin", "obj", "artifacts", ".git", ".vs", ".vscode", ".idea"];
    private static readonly string[] Binary = [".png", ".ico", ".woff2"];

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Under(new DirectoryInfo(Repository.Root))
            .Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'))
            .Where(path => !Binary.Contains(Path.GetExtension(path)) && !path.EndsWith(".user", StringComparison.Ordinal) && path != ".git")
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path)),
    ];

    public static IReadOnlyList<SourceFile> CSharp { get; } = [.. All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    public static IReadOnlyList<SourceFile> Markdown { get; } =
        [.. All.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)
            && !file.Path.StartsWith("DocumentService/Documents/", StringComparison.Ordinal))];

    public static SourceFile Named(string path) => All.Single(file => file.Path == path);

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder) =>
        folder.EnumerateDirectories().Where(child => !Ignored.Contains(child.Name)).SelectMany(Under).Concat(folder.EnumerateFiles());
}
