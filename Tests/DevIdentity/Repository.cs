namespace TraceDemo.Tests.DevIdentity;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([TraceDemo.Topology.Repository.Root, .. parts]);
}
