using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Aspire.Hosting.Kubernetes.Resources;
using ComposeService = Aspire.Hosting.Docker.Resources.ComposeNodes.Service;

namespace TraceDemo.AppHost;

/// <summary>What a published container may use and do, and how its environment sees that it works.</summary>
internal static class Hardening
{
    private const int KeycloakManagementPort = 9000;

    // Of the official image; Aspire starts it through a shell, past the entrypoint that gives up root.
    private const int RedisUser = 999;

    /// <summary>Probes, bounds, and a file system that only its temporary folder can be written in.</summary>
    public static IResourceBuilder<ProjectResource> Hardened(this IResourceBuilder<ProjectResource> service)
    {
        var bounds = new Bounds("0.50", "512M", LeastCpus: "0.10", LeastMemory: "192M");
#pragma warning disable ASPIREPROBES001 // Experimental, and what every environment makes its own probes of.
        service.WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "http")
            .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http");
#pragma warning restore ASPIREPROBES001
        return service
            // Else Aspire has it believe X-Forwarded-For whoever sends it.
            .DisableForwardedHeaders()
            // Nobody attaches a debugger there, and its pipe would need a file system.
            .WithEnvironment("DOTNET_EnableDiagnostics", "0")
            .PublishedAs(
                compose =>
                {
                    bounds.Apply(compose);
                    compose.Deploy!.Replicas = Replicas(service);
                    compose.ReadOnly = true;
                    compose.Tmpfs.Add("/tmp");
                },
                pod =>
                {
                    var container = pod.Containers.Single();
                    bounds.Apply(container);
                    pod.Volumes.Add(new VolumeV1 { Name = "tmp", EmptyDir = new() });
                    container.VolumeMounts.Add(new VolumeMountV1 { Name = "tmp", MountPath = "/tmp" });
                    container.SecurityContext = Unprivileged();
                    container.SecurityContext.ReadOnlyRootFilesystem = true;
                    // Aspire writes the scheme as in a URL; Kubernetes takes it in upper case only (microsoft/aspire issue 18271).
                    foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe })
                    {
                        probe!.HttpGet!.Scheme = "HTTP";
                    }
                });
    }

    /// <summary>Health stands on the management port, which is not published; the
    /// first start of an empty database takes a minute.</summary>
    public static IResourceBuilder<KeycloakResource> Hardened(this IResourceBuilder<KeycloakResource> keycloak)
    {
        var bounds = new Bounds("2.00", "1500M", LeastCpus: "0.50", LeastMemory: "1000M");
        return keycloak.PublishedAs(bounds.Apply, pod =>
        {
            var container = pod.Containers.Single();
            bounds.Apply(container);
            container.SecurityContext = Unprivileged();
            container.StartupProbe = Health("/health/started", failures: 60);
            container.LivenessProbe = Health("/health/live");
            container.ReadinessProbe = Health("/health/ready");
        });

        static ProbeV1 Health(string path, int failures = 3) =>
            new()
            {
                HttpGet = new() { Path = path, Port = KeycloakManagementPort, Scheme = "HTTP" },
                PeriodSeconds = 5,
                TimeoutSeconds = 3,
                FailureThreshold = failures,
            };
    }

    public static IResourceBuilder<RedisResource> Hardened(this IResourceBuilder<RedisResource> redis)
    {
        var bounds = new Bounds("0.50", "256M", LeastCpus: "0.10", LeastMemory: "256M");
        return redis.PublishedAs(Composed, pod =>
        {
            var container = pod.Containers.Single();
            bounds.Apply(container);
            container.SecurityContext = Unprivileged();
            container.SecurityContext.RunAsUser = RedisUser;
            pod.SecurityContext = new() { FsGroup = RedisUser, FsGroupChangePolicy = "OnRootMismatch" };
            container.LivenessProbe = Ping();
            container.ReadinessProbe = Ping();
        });

        void Composed(ComposeService compose)
        {
            bounds.Apply(compose);
            compose.User = $"{RedisUser}:{RedisUser}";
        }

        // The client ends well even if Redis refuses, so its answer is looked at.
        static ProbeV1 Ping() => new()
        {
            Exec = new() { Command = { "sh", "-c", "REDISCLI_AUTH=$REDIS_PASSWORD redis-cli ping | grep -q PONG" } },
            PeriodSeconds = 5,
            TimeoutSeconds = 3,
            FailureThreshold = 6,
        };
    }

    /// <summary>Only the chosen target's customization: that of another throws where its environment is not part of the model.</summary>
    private static IResourceBuilder<T> PublishedAs<T>(
        this IResourceBuilder<T> resource, Action<ComposeService> compose, Action<PodSpecV1> kubernetes)
        where T : IComputeResource => resource.ApplicationBuilder.Target() switch
        {
            Deployment.Compose => resource.PublishAsDockerComposeService((_, service) => compose(service)),
            Deployment.Kubernetes => resource.PublishAsKubernetesService(published =>
            {
                var pod = published.Workload!.PodTemplate.Spec;
                // Nothing here talks to the API server.
                pod.AutomountServiceAccountToken = false;
                kubernetes(pod);
            }),
            _ => resource,
        };

    private static SecurityContextV1 Unprivileged() => new()
    {
        RunAsNonRoot = true,
        AllowPrivilegeEscalation = false,
        Capabilities = new() { Drop = { "ALL" } },
    };

    private static int Replicas(IResourceBuilder<ProjectResource> service) =>
        service.Resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    /// <summary>What one container may take at most, what a node of Kubernetes keeps free for it, and no privileges.</summary>
    private sealed record Bounds(string Cpus, string Memory, string LeastCpus, string LeastMemory)
    {
        public void Apply(ComposeService compose)
        {
            compose.Deploy = new Deploy { Replicas = 1, Resources = new() { Limits = new ResourceSpec { Cpus = Cpus, Memory = Memory } } };
            compose.CapDrop.Add("ALL");
            compose.SecurityOpt.Add("no-new-privileges:true");
        }

        public void Apply(ContainerV1 container) => container.Resources = new()
        {
            Limits = { ["cpu"] = Cpus, ["memory"] = Memory },
            Requests = { ["cpu"] = LeastCpus, ["memory"] = LeastMemory },
        };
    }
}
