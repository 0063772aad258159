namespace TraceDemo.Tests.Framework.Published;

/// <summary>The API server's requirements for volumes, their mounts and their claims.</summary>
internal static class VolumeRules
{
    private static readonly string[] AccessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

    public static IEnumerable<string> Findings(HelmChart chart) =>
    [
        .. chart.Objects.SelectMany(Volumes),
        .. chart.Containers.SelectMany(Mounts),
        .. chart.Objects.Where(item => item.Kind == "PersistentVolumeClaim").SelectMany(Claim),
    ];

    private static IEnumerable<string> Volumes(KubernetesObject workload)
    {
        foreach (var volume in workload.Pod.Items("volumes"))
        {
            var name = volume.Text("name");
            if (!KubernetesNames.IsDns1123Label(name))
            {
                yield return $"{workload}: '{name}', a volume, is no DNS-1123 label of 63 characters at most";
            }

            if (volume is not YamlDotNet.RepresentationModel.YamlMappingNode { Children.Count: 2 })
            {
                yield return $"{workload}: the volume {name} must have exactly one source";
            }
        }

        foreach (var group in workload.Pod.Items("volumes").GroupBy(volume => volume.Text("name")).Where(group => group.Count() > 1))
        {
            yield return $"{workload}: several volumes are named {group.Key}";
        }
    }

    private static IEnumerable<string> Mounts(KubernetesContainer container)
    {
        var paths = container.Node.Items("volumeMounts").Select(mount => mount.Text("mountPath")).ToList();
        foreach (var path in paths.Where(path => !path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal)))
        {
            yield return $"{container}: '{path}' is no path to mount a volume at";
        }

        foreach (var group in paths.GroupBy(path => path).Where(group => group.Count() > 1))
        {
            yield return $"{container}: several volumes are mounted at {group.Key}";
        }
    }

    private static IEnumerable<string> Claim(KubernetesObject claim)
    {
        var modes = claim.Node.Items("spec/accessModes").Select(mode => mode.Text()).ToList();
        if (modes.Count == 0 || modes.Except(AccessModes).Any())
        {
            yield return $"{claim}: its access modes '{string.Join(", ", modes)}' are not what Kubernetes knows";
        }

        if (Quantity.Parse(claim.Node.Text("spec/resources/requests/storage")) is not > 0)
        {
            yield return $"{claim}: it requests '{claim.Node.Text("spec/resources/requests/storage")}' of storage, which is no quantity";
        }
    }
}
