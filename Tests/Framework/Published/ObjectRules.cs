using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>The API server's requirements for objects of every kind: identity, labels, data.</summary>
internal static class ObjectRules
{
    private static readonly Dictionary<string, string> ApiVersions = new()
    {
        ["ConfigMap"] = "v1",
        ["Secret"] = "v1",
        ["Service"] = "v1",
        ["PersistentVolumeClaim"] = "v1",
        ["PersistentVolume"] = "v1",
        ["Deployment"] = "apps/v1",
        ["StatefulSet"] = "apps/v1",
    };

    public static IEnumerable<string> Findings(HelmChart chart) =>
    [
        .. chart.Objects.SelectMany(Identity),
        .. chart.Objects.Where(item => item.Name.Length > 0).GroupBy(item => $"{item}").Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: defined {group.Count()} times"),
        .. chart.Objects.SelectMany(Labels),
        .. chart.Objects.SelectMany(Selector),
        .. chart.Objects.Where(item => item.Kind is "ConfigMap" or "Secret").SelectMany(Data),
    ];

    private static IEnumerable<string> Identity(KubernetesObject item)
    {
        if (!ApiVersions.TryGetValue(item.Kind, out var apiVersion))
        {
            // What no rule looks at must not pass for good.
            yield return $"{item.File}: no rule knows the kind '{item.Kind}'";
        }
        else if (item.Node.Text("apiVersion") != apiVersion)
        {
            yield return $"{item}: apiVersion must be {apiVersion}, not '{item.Node.Text("apiVersion")}'";
        }

        if (item.Name.Length == 0)
        {
            yield return $"{item.File}: {item.Kind} without metadata.name";
        }
        else if (item.Kind == "Service" && !KubernetesNames.IsDns1035Label(item.Name))
        {
            yield return $"{item}: the name is no DNS-1035 label of 63 characters at most";
        }
        else if (!KubernetesNames.IsDns1123Subdomain(item.Name))
        {
            yield return $"{item}: the name is no DNS-1123 subdomain";
        }
    }

    private static IEnumerable<string> Labels(KubernetesObject item)
    {
        string[] places = item.IsWorkload ? ["spec/template/metadata/labels", "spec/selector/matchLabels"] : ["spec/selector"];
        var labels = item.Node.Entries("metadata/labels").Concat(places.SelectMany(place => item.Node.Entries(place)));
        foreach (var (key, value) in labels.DistinctBy(entry => (entry.Key, entry.Value.Text())))
        {
            if (!KubernetesNames.IsLabelKey(key))
            {
                yield return $"{item}: '{key}' is no key of a label";
            }

            if (!value.IsString() || !KubernetesNames.IsLabelValue(value.Text()))
            {
                yield return $"{item}: '{value.Text()}' is no value of a label ({key})";
            }
        }
    }

    private static IEnumerable<string> Selector(KubernetesObject item)
    {
        if (item.IsWorkload && !item.Selects("spec/selector/matchLabels", item.PodLabels))
        {
            yield return $"{item}: its selector does not match the labels of its own pods";
        }
    }

    private static IEnumerable<string> Data(KubernetesObject item)
    {
        foreach (var (key, value) in item.Node.Entries("data").Concat(item.Node.Entries("stringData")))
        {
            if (!KubernetesNames.IsConfigKey(key))
            {
                yield return $"{item}: '{key}' is no key of its data";
            }

            if (!value.IsString())
            {
                yield return $"{item}: the value of {key} is no string";
            }
        }

        if (item.Kind == "Secret")
        {
            foreach (var (key, value) in item.Node.Entries("data").Where(entry => !IsBase64(entry.Value)))
            {
                yield return $"{item}: the value of {key} in data is no Base64";
            }
        }
    }

    private static bool IsBase64(YamlNode value) => Convert.TryFromBase64String(value.Text(), new byte[value.Text().Length], out _);
}
