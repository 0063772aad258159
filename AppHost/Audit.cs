namespace TraceDemo.AppHost;

/// <summary>
/// In development, each instance of a service writes its audit to its own file. For a deployment, the operator chooses a persistent
/// volume: see docs/deploy.md.
/// </summary>
internal static class Audit
{
    private const string Folder = "artifacts/apphost/audit";

    public static IResourceBuilder<ProjectResource> WithAudit(this IResourceBuilder<ProjectResource> service)
    {
        var folder = Directory.CreateDirectory(
            Path.GetFullPath(Path.Combine("..", Folder), service.ApplicationBuilder.AppHostDirectory)).FullName;
        return service.WithEnvironment("Audit__File", Path.Combine(folder, service.Resource.Name + ".{instance}.jsonl"));
    }
}
