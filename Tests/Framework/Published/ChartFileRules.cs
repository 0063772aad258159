using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Helm's requirements for Chart.yaml: https://helm.sh/docs/topics/charts/#the-chartyaml-file.</summary>
internal static partial class ChartFileRules
{
    public static IEnumerable<string> Findings(HelmChart chart)
    {
        if (chart.Chart.Text("apiVersion") != "v2")
        {
            yield return $"Chart.yaml: apiVersion must be v2, not '{chart.Chart.Text("apiVersion")}'";
        }

        if (!SemVer.IsMatch(chart.Chart.Text("version")))
        {
            yield return $"Chart.yaml: version '{chart.Chart.Text("version")}' is no semantic version";
        }

        if (!Name.IsMatch(chart.Chart.Text("name")))
        {
            yield return $"Chart.yaml: name '{chart.Chart.Text("name")}' must consist of lower-case letters, digits and hyphens";
        }
    }

    /// <summary>Semantic Versioning 2.0.0, with its own regular expression.</summary>
    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
        + @"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z")]
    private static partial Regex SemVer { get; }

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Name { get; }
}
