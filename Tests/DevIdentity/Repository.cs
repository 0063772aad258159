namespace TraceDemo.Tests.DevIdentity;

/// <summary>Files of the repository, found from the folder the tests run in.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TraceDemo.sln"))) { return folder.FullName; }
        }

        throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
