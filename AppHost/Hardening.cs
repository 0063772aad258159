using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Aspire.Hosting.Kubernetes.Resources;
using ComposeService = Aspire.Hosting.Docker.Resources.ComposeNodes.Service;

namespace TraceDemo.AppHost;

/// <summary>The resources, rights and probes of a published container.</summary>
internal static class Hardening
{
    private const int KeycloakManagementPort = 9000;

    // The user of the official image; Aspire starts it through a shell, bypassing the entrypoint that drops root.
    private const int RedisUser = 999;

    /// <summary>Probes, limits, and a file system that is read-only except for its temporary folder.</summary>
    public static IResourceBuilder<ProjectResource> Hardened(this IResourceBuilder<ProjectResource> service)
    {
        var bounds = new Bounds("0.50", "512M", LeastCpus: "0.10", LeastMemory: "192M");
#pragma warning disable ASPIREPROBES001 // Experimental; every environment derives its probes from it.
        service.WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "http")
            .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http");
#pragma warning restore ASPIREPROBES001
        return service
            // Otherwise Aspire makes it trust X-Forwarded-For from every sender.
            .DisableForwardedHeaders()
            // No debugger is attached there, and its pipe would need a writable file system.
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
                    // Aspire writes the scheme as in a URL; Kubernetes requires upper case (microsoft/aspire issue 18271).
                    foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe })
                    {
                        probe!.HttpGet!.Scheme = "HTTP";
                    }
                });
    }

    /// <summary>Health is on the management port, which is not published; the
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

        // redis-cli exits successfully even if Redis refuses, so its output is checked.
        static ProbeV1 Ping() => new()
        {
            Exec = new() { Command = { "sh", "-c", "REDISCLI_AUTH=$REDIS_PASSWORD redis-cli ping | grep -q PONG" } },
            PeriodSeconds = 5,
            TimeoutSeconds = 3,
            FailureThreshold = 6,
        };
    }

    /// <summary>Only the chosen target's customization: another target's throws if its environment is not part of the model.</summary>
    private static IResourceBuilder<T> PublishedAs<T>(
        this IResourceBuilder<T> resource, Action<ComposeService> compose, Action<PodSpecV1> kubernetes)
        where T : IComputeResource => resource.ApplicationBuilder.Target() switch
        {
            Deployment.Compose => resource.PublishAsDockerComposeService((_, service) => compose(service)),
            Deployment.Kubernetes => resource.PublishAsKubernetesService(published =>
            {
                var pod = published.Workload!.PodTemplate.Spec;
                // The services do not call the API server.
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

    /// <summary>A container's maximum resources, its reservation on a Kubernetes node, and no privileges.</summary>
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
