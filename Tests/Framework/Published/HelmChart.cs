using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>A chart as Helm would send it to Kubernetes, and what kept it from being rendered.</summary>
internal sealed record HelmChart(YamlNode? Chart, YamlNode? Values, IReadOnlyList<KubernetesObject> Objects, IReadOnlyList<string> Findings)
{
    private const string ChartFile = "Chart.yaml";
    private const string ValuesFile = "values.yaml";
    private const string Templates = "templates/";

    public IEnumerable<KubernetesContainer> Containers => Objects.SelectMany(item => item.Containers);

    public KubernetesObject? Find(string kind, string name) => Objects.FirstOrDefault(item => item.Kind == kind && item.Name == name);

    public static HelmChart Read(string folder) => Parse(Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText));

    /// <param name="files">Texts by their paths in the chart's folder.</param>
    public static HelmChart Parse(IReadOnlyDictionary<string, string> files)
    {
        var findings = new List<string>();
        var chart = Load(ChartFile, files.GetValueOrDefault(ChartFile, ""), findings) is [var first, ..] ? first : null;
        var values = Load(ValuesFile, files.GetValueOrDefault(ValuesFile, ""), findings) is [var only, ..] ? only : null;
        var template = new HelmTemplate(values, chart);
        var objects = new List<KubernetesObject>();
        foreach (var (path, text) in files.Where(file => file.Key.StartsWith(Templates, StringComparison.Ordinal)))
        {
            var rendered = template.Render(text);
            findings.AddRange(rendered.Findings.Select(finding => $"{path}: {finding}"));
            var usesSecrets = text.Contains(".Values.secrets.", StringComparison.Ordinal);
            objects.AddRange(Load(path, rendered.Text, findings).Select(node => new KubernetesObject(path, node, usesSecrets)));
        }

        return new HelmChart(chart, values, objects, findings);
    }

    private static IReadOnlyList<YamlNode> Load(string path, string text, List<string> findings)
    {
        try
        {
            return YamlPath.Documents(text);
        }
        catch (YamlException malformed)
        {
            findings.Add($"{path}: no YAML, {malformed.Message}");
            return [];
        }
    }
}
