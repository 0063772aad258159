using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>One document of a rendered chart.</summary>
/// <param name="File">Its path in the chart.</param>
/// <param name="Node">The document.</param>
/// <param name="UsesSecrets">Whether its file contains a value from the part of values.yaml that holds secrets.</param>
internal sealed record KubernetesObject(string File, YamlNode Node, bool UsesSecrets)
{
    private static readonly string[] Workloads = ["Deployment", "StatefulSet"];

    public string Kind => Node.Text("kind");

    public string Name => Node.Text("metadata/name");

    public bool IsWorkload => Workloads.Contains(Kind);

    public YamlNode? Pod => IsWorkload ? Node.At("spec/template/spec") : null;

    public IReadOnlyDictionary<string, string> PodLabels => Pairs("spec/template/metadata/labels");

    public IEnumerable<KubernetesContainer> Containers =>
        Pod.Items("initContainers").Concat(Pod.Items("containers")).Select(node => new KubernetesContainer(this, node));

    public IReadOnlyDictionary<string, string> Pairs(string path) =>
        Node.Entries(path).ToDictionary(entry => entry.Key, entry => entry.Value.Text());

    /// <summary>Whether the selector at <paramref name="path"/> selects pods with these labels. An empty one selects none.</summary>
    public bool Selects(string path, IReadOnlyDictionary<string, string> labels)
    {
        var selector = Pairs(path);
        return selector.Count > 0 && selector.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    public override string ToString() => $"{Kind} {Name}";
}
