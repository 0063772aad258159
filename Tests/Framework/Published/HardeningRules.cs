using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Our own rules for the resources of the model, in addition to those of Kubernetes.</summary>
internal static class HardeningRules
{
    private const string Telemetry = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AspireDashboard = "http://k8s-dashboard-service:";
    private const string Scratch = "/tmp";

    private static readonly string[] Required =
    [
        "livenessProbe", "readinessProbe",
        "resources/limits/cpu", "resources/limits/memory", "resources/requests/cpu", "resources/requests/memory",
    ];

    public static IReadOnlyList<string> Findings(HelmChart chart)
    {
        var containers = chart.Containers.Where(container => Resources.All.Contains(container.Name)).ToList();
        var services = containers.Where(container => Resources.Services.Contains(container.Name)).ToList();
        return
        [
            .. Resources.All.Except(containers.Select(container => container.Name)).Select(name => $"no workload runs {name}"),
            .. containers.SelectMany(Bounds),
            .. services.SelectMany(Privileges),
            .. services.SelectMany(container => Export(chart, container)),
            .. containers.SelectMany(container => State(chart, container)),
            .. Secrecy(chart),
        ];
    }

    private static IEnumerable<string> Bounds(KubernetesContainer container) =>
        Required.Where(part => container.Node.At(part) is null).Select(part => $"{container}: no {part.Replace('/', '.')}");

    private static IEnumerable<string> Privileges(KubernetesContainer container)
    {
        // What it does not say itself, its pod says for it.
        var (context, pod) = (container.Node.At("securityContext"), container.Workload.Pod.At("securityContext"));
        var user = (context.At("runAsUser") ?? pod.At("runAsUser")).Number();
        if (!(context.At("runAsNonRoot") is null ? pod : context).IsTrue("runAsNonRoot") || user == 0)
        {
            yield return $"{container}: it may run as root";
        }

        if (!context.IsTrue("readOnlyRootFilesystem"))
        {
            yield return $"{container}: its root file system is writable";
        }

        // Unset it is allowed.
        if (!context.IsFalse("allowPrivilegeEscalation") || context.IsTrue("privileged"))
        {
            yield return $"{container}: it may gain privileges";
        }

        if (!context.Names("capabilities/drop").Contains("ALL") || context.Items("capabilities/add").Count > 0)
        {
            yield return $"{container}: it keeps capabilities";
        }
    }

    private static IEnumerable<string> Export(HelmChart chart, KubernetesContainer container)
    {
        var endpoint = container.Variables(chart).LastOrDefault(variable => variable.Name == Telemetry).Value ?? "";
        if (!endpoint.StartsWith(AspireDashboard, StringComparison.Ordinal))
        {
            yield return $"{container}: {Telemetry} does not lead to Aspire's dashboard";
        }
    }

    /// <summary>The volumes of a StatefulSet, except its temporary folder, are its state and must outlive the pod on any node.</summary>
    private static IEnumerable<string> State(HelmChart chart, KubernetesContainer container)
    {
        var mounts = container.Workload.Kind == "StatefulSet"
            ? container.Node.Items("volumeMounts").Where(mount => mount.Text("mountPath") != Scratch).ToList()
            : [];
        var volumes = container.Workload.Pod.Items("volumes").ToLookup(volume => volume.Text("name"));
        foreach (var mount in mounts)
        {
            foreach (var source in volumes[mount.Text("name")].SelectMany(volume => Ephemeral(chart, volume)))
            {
                yield return $"{container}: its state in {mount.Text("mountPath")} is on {source}";
            }
        }

        if (container.Name == Resources.Redis && mounts.Count == 0)
        {
            yield return $"{container}: nothing of its state outlives its pod";
        }
    }

    private static IEnumerable<string> Ephemeral(HelmChart chart, YamlNode volume)
    {
        var claim = chart.Find("PersistentVolumeClaim", volume.Text("persistentVolumeClaim/claimName"));
        var behind = chart.Find("PersistentVolume", claim?.Node.Text("spec/volumeName") ?? "");
        return from source in (string[])["emptyDir", "hostPath"]
               where volume.At(source) is not null || behind?.Node.At($"spec/{source}") is not null
               select source;
    }

    /// <summary>No secrets in workloads and ConfigMaps, which many may list, or in values.yaml, which is kept with sources.</summary>
    private static IEnumerable<string> Secrecy(HelmChart chart) =>
    [
        .. from map in chart.Objects
           where map.Kind == "ConfigMap"
           from entry in map.Pairs("data")
           where SecretNames.IsSecret(entry.Key) || SecretNames.ContainsPassword(entry.Value)
           select $"{map}: {entry.Key} is secret",
        .. from container in chart.Containers
           from variable in container.Node.Items("env")
           where SecretNames.IsLiteral(variable.Text("name"), variable.Text("value")) && variable.At("value") is not null
           select $"{container}: {variable.Text("name")} is secret, and its value stands there",
        .. from item in chart.Objects
           where item.UsesSecrets && item.Kind != "Secret"
           select $"{item}: a secret value in what is no Secret",
        .. from section in chart.Values.Entries("secrets")
           from value in chart.Values.Entries($"secrets/{section.Key}")
           where value.Value.Text().Length > 0
           select $"values.yaml: the secret {section.Key}.{value.Key} has a value",
    ];
}
