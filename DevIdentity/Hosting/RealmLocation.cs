namespace TraceDemo.DevIdentity.Hosting;

/// <summary>Where the realm file is: <c>Identity:RealmFile</c>, or in a folder <c>realms</c> of the application or of a folder above it.</summary>
internal static class RealmLocation
{
    private static readonly string Relative = Path.Combine("realms", "tracedemo-realm.json");

    public static string Find(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["Identity:RealmFile"] is { Length: > 0 } configured)
        {
            return File.Exists(configured) ? configured : throw new FileNotFoundException($"Identity__RealmFile names '{configured}', which does not exist.");
        }

        return Above(AppContext.BaseDirectory).Concat(Above(environment.ContentRootPath)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"No {Relative} beside or above the application: set Identity__RealmFile.");
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent) { yield return Path.Combine(current.FullName, Relative); }
    }
}
