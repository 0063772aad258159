namespace TraceDemo.AppHost;

/// <summary>
/// While developing, each instance of a service keeps its audit in a file of its own. Deployed, the volume that it outlives a container on
/// is not the model's to choose: docs/deploy.md says how.
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
