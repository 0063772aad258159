using System.Text.Json.Nodes;
using TraceDemo.Topology.Realms;

namespace TraceDemo.DevIdentity.Hosting;

/// <summary>The location of the realm: the file <c>Identity:RealmFile</c>, which is
/// complete, or the working copy that contains the application.</summary>
internal static class RealmLocation
{
    public static JsonObject Load(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["Identity:RealmFile"] is not { Length: > 0 } configured)
        {
            return DevelopmentRealm.Load(Above(AppContext.BaseDirectory).Concat(Above(environment.ContentRootPath))
                .FirstOrDefault(folder => File.Exists(DevelopmentRealm.Path(folder)))
                ?? throw new FileNotFoundException(
                    $"No {DevelopmentRealm.FileName} in a folder 'realms' beside or above the application: set Identity__RealmFile."));
        }

        return !File.Exists(configured)
            ? throw new FileNotFoundException($"Identity__RealmFile names '{configured}', which does not exist.")
            : JsonNode.Parse(File.ReadAllText(configured)) as JsonObject
                ?? throw new InvalidDataException($"'{configured}' contains no realm.");
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
