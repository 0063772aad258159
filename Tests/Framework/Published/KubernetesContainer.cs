using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>A container of a workload's pod.</summary>
internal sealed record KubernetesContainer(KubernetesObject Workload, YamlNode Node)
{
    public string Name => Node.Text("name");

    public IReadOnlyList<YamlNode> Ports => Node.Items("ports");

    /// <summary>By number, or by the name of one of its ports.</summary>
    public bool HasPort(YamlNode? port) => port.Number() is { } number
        ? Ports.Any(candidate => candidate.At("containerPort").Number() == number)
        : Ports.Any(candidate => candidate.Text("name") is { Length: > 0 } name && name == port.Text());

    /// <summary>The process' environment variables, each with the kind of object that it comes from.</summary>
    public IEnumerable<(string Name, string Value, string Source)> Variables(HelmChart chart)
    {
        foreach (var source in Node.Items("envFrom"))
        {
            foreach (var (name, value) in Entries(chart, "ConfigMap", source.Text("configMapRef/name")))
            {
                yield return (name, value, "ConfigMap");
            }

            foreach (var (name, value) in Entries(chart, "Secret", source.Text("secretRef/name")))
            {
                yield return (name, value, "Secret");
            }
        }

        foreach (var variable in Node.Items("env"))
        {
            yield return (variable.Text("name"), variable.Text("value"), "container");
        }
    }

    public override string ToString() => $"{Workload}, container {Name}";

    private static IEnumerable<KeyValuePair<string, string>> Entries(HelmChart chart, string kind, string name) =>
        chart.Find(kind, name) is { } found ? found.Pairs("data").Concat(found.Pairs("stringData")) : [];
}
