using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Feed;

/// <summary>artifacts/feed.props, read by every project: the set of package versions that this machine's feed provides.</summary>
internal sealed class FeedProfile(string root)
{
    private string PropsFile => Path.Combine(root, "artifacts", "feed.props");

    public bool IsDecided => File.Exists(PropsFile);

    public bool IsRestricted => IsDecided && File.ReadAllText(PropsFile).Contains(">restricted<", StringComparison.Ordinal);

    public void Write(string profile)
    {
        new FileInfo(PropsFile).Directory?.Create();
        File.WriteAllText(PropsFile, $"<Project><PropertyGroup><FeedProfile>{profile}</FeedProfile></PropertyGroup></Project>\n");
    }

    /// <summary>The gateway references every package in which the profiles differ, and restores in a second.</summary>
    public static IReadOnlyList<string> Probe => ["restore", Service.Gateway.ProjectFile];
}
