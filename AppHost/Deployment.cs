using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace TraceDemo.AppHost;

/// <summary>Where the model is published to, and what its services may use and do there.</summary>
internal static class Deployment
{
    private const string Compose = "compose";
    private const string Cpus = "0.50";
    private const string Memory = "512M";

    /// <summary>One environment, chosen by the setting <c>DeployTarget</c>: <c>compose</c> (default), <c>k8s</c> or <c>aca</c>.</summary>
    public static void AddDeployTarget(this IDistributedApplicationBuilder builder)
    {
        switch (Target(builder))
        {
            case Compose:
                builder.AddDockerComposeEnvironment(Compose).WithDashboard(dashboard => dashboard.WithHostPort());
                break;
            case "k8s":
                builder.AddKubernetesEnvironment("k8s");
                break;
            case "aca":
                builder.AddAzureContainerAppEnvironment("aca");
                break;
            case var other:
                throw new InvalidOperationException($"DeployTarget must be compose, k8s or aca, not '{other}'.");
        }
    }

    /// <summary>
    /// Reachable from outside through the environment's ingress; nothing else is. A composition has none: the proxy that ends TLS joins
    /// its network, and a published port would lead around it.
    /// </summary>
    public static IResourceBuilder<T> AtTheEdge<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints
    {
        var external = Target(resource.ApplicationBuilder) != Compose;
        return resource.WithEndpoint("http", endpoint => endpoint.IsExternal = external)
            .WithEndpoint("https", endpoint => endpoint.IsExternal = external, createIfNotExists: false);
    }

    /// <summary>
    /// The Dashboard is reached through a proxy only, and must know that the browser speaks https, for its cookies and the address it
    /// has people sent back to.
    /// </summary>
    public static void BelievesProxy(this IResourceBuilder<ProjectResource> service) => service.WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");

    /// <summary>The network of the proxies in front, if the setting <c>IngressNetwork</c> names one: callers are then told apart by their own addresses.</summary>
    public static void KnowsProxies(this IResourceBuilder<ProjectResource> gateway)
    {
        if (gateway.ApplicationBuilder.Configuration["IngressNetwork"] is { Length: > 0 } network)
            gateway.WithEnvironment("Gateway__KnownProxies__0", network);
    }

    /// <summary>Probes, bounds, and a file system that only its temporary folder can be written in.</summary>
    public static IResourceBuilder<ProjectResource> Hardened(this IResourceBuilder<ProjectResource> service)
    {
#pragma warning disable ASPIREPROBES001 // Experimental, and what every environment makes its own probes of.
        service.WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "http").WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http");
#pragma warning restore ASPIREPROBES001
        return service
            // Else Aspire has it believe X-Forwarded-For whoever sends it.
            .DisableForwardedHeaders()
            // Nobody attaches a debugger there, and its pipe would need a file system.
            .WithEnvironment("DOTNET_EnableDiagnostics", "0")
            .PublishAsDockerComposeService((_, compose) =>
            {
                compose.ReadOnly = true;
                compose.Tmpfs.Add("/tmp");
                compose.CapDrop.Add("ALL");
                compose.SecurityOpt.Add("no-new-privileges:true");
                compose.Deploy = new Deploy { Replicas = Replicas(service), Resources = new() { Limits = new ResourceSpec { Cpus = Cpus, Memory = Memory } } };
            })
            .PublishAsKubernetesService(Restrict);
    }

    private static string Target(IDistributedApplicationBuilder builder) => builder.Configuration["DeployTarget"] ?? Compose;

    private static int Replicas(IResourceBuilder<ProjectResource> service) =>
        service.Resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    private static void Restrict(KubernetesResource resource)
    {
        var pod = resource.Workload!.PodTemplate.Spec;
        pod.Volumes.Add(new VolumeV1 { Name = "tmp", EmptyDir = new() });
        foreach (var container in pod.Containers)
        {
            container.VolumeMounts.Add(new VolumeMountV1 { Name = "tmp", MountPath = "/tmp" });
            container.SecurityContext = new() { ReadOnlyRootFilesystem = true, RunAsNonRoot = true, AllowPrivilegeEscalation = false, Capabilities = new() { Drop = { "ALL" } } };
            container.Resources = new() { Limits = { ["cpu"] = Cpus, ["memory"] = Memory }, Requests = { ["cpu"] = "0.10", ["memory"] = "128M" } };
        }
    }
}
