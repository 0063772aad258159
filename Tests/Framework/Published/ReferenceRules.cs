using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Everything that is named exists. The API server takes a missing name; the pod then never starts, or calls nobody.</summary>
internal static partial class ReferenceRules
{
    public static IEnumerable<string> Findings(HelmChart chart) =>
    [
        .. chart.Containers.SelectMany(container => Sources(chart, container)),
        .. chart.Containers.SelectMany(Mounts),
        .. chart.Objects.SelectMany(item => Volumes(chart, item)),
        .. chart.Containers.SelectMany(container => Addresses(chart, container)),
    ];

    private static IEnumerable<string> Sources(HelmChart chart, KubernetesContainer container)
    {
        var (whole, single) = (container.Node.Items("envFrom"), container.Node.Items("env"));
        IEnumerable<(string Kind, YamlNode? Reference)> references =
        [
            .. whole.Select(source => ("ConfigMap", source.At("configMapRef"))),
            .. whole.Select(source => ("Secret", source.At("secretRef"))),
            .. single.Select(variable => ("ConfigMap", variable.At("valueFrom/configMapKeyRef"))),
            .. single.Select(variable => ("Secret", variable.At("valueFrom/secretKeyRef"))),
        ];
        foreach (var (kind, reference) in references.Where(source => source.Reference is not null))
        {
            var (name, key) = (reference.Text("name"), reference.Text("key"));
            if (chart.Find(kind, name) is not { } found)
            {
                yield return $"{container}: there is no {kind} {name}";
            }
            else if (key.Length > 0 && !found.Pairs("data").ContainsKey(key) && !found.Pairs("stringData").ContainsKey(key))
            {
                yield return $"{container}: there is no {key} in {kind} {name}";
            }
        }
    }

    private static IEnumerable<string> Mounts(KubernetesContainer container) =>
        container.Node.Items("volumeMounts").Select(mount => mount.Text("name"))
            .Except(container.Workload.Pod.Items("volumes").Select(volume => volume.Text("name")))
            .Except(container.Workload.Node.Items("spec/volumeClaimTemplates").Select(claim => claim.Text("metadata/name")))
            .Select(name => $"{container}: there is no volume {name}");

    private static IEnumerable<string> Volumes(HelmChart chart, KubernetesObject item)
    {
        var needed = item.Pod.Items("volumes").SelectMany(volume => (IEnumerable<(string Kind, string Name)>)
        [
            ("PersistentVolumeClaim", volume.Text("persistentVolumeClaim/claimName")),
            ("ConfigMap", volume.Text("configMap/name")),
            ("Secret", volume.Text("secret/secretName")),
        ]);
        if (item.Kind == "PersistentVolumeClaim")
        {
            needed = needed.Append(("PersistentVolume", item.Node.Text("spec/volumeName")));
        }
        else if (item.Kind == "StatefulSet")
        {
            needed = needed.Append(("Service", item.Node.Text("spec/serviceName")));
        }

        return needed.Where(reference => reference.Name.Length > 0 && chart.Find(reference.Kind, reference.Name) is null)
            .Select(reference => $"{item}: there is no {reference.Kind} {reference.Name}");
    }

    private static IEnumerable<string> Addresses(HelmChart chart, KubernetesContainer container)
    {
        foreach (var (name, value, _) in container.Variables(chart))
        {
            foreach (Match address in Address.Matches(value))
            {
                var (host, port) = (address.Groups["host"].Value, address.Groups["port"].Value);
                if (chart.Find("Service", host) is not { } service)
                {
                    yield return $"{container}: {name} leads to {host}:{port}, and there is no Service {host}";
                }
                else if (!service.Node.Items("spec/ports").Any(candidate => candidate.Text("port") == port))
                {
                    yield return $"{container}: {name} leads to {host}:{port}, and the Service has no such port";
                }
            }
        }
    }

    // One label, so a name inside the cluster: addresses outside have dots.
    [GeneratedRegex(@"(^|://)(?<host>(?!localhost:)[a-z]([-a-z0-9]*[a-z0-9])?):(?<port>\d+)(?![\d.])")]
    private static partial Regex Address { get; }
}
