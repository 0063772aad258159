using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>
/// Renders the expressions that Aspire writes, as Helm does. Helm leaves an unknown value empty and installs the chart all the same; here
/// it is a finding.
/// </summary>
internal sealed partial class HelmTemplate(YamlNode? values, YamlNode? chart)
{
    public const string Release = "release-name";

    public (string Text, IReadOnlyList<string> Findings) Render(string text)
    {
        var findings = new List<string>();
        var rendered = Expression.Replace(text, match =>
        {
            var result = Evaluate(match.Groups["pipeline"].Value);
            if (result is null)
            {
                findings.Add($"{match.Value} does not resolve");
            }

            return result ?? "";
        });
        return (rendered, findings);
    }

    private string? Evaluate(string pipeline)
    {
        var parts = pipeline.Split('|', StringSplitOptions.TrimEntries);
        return parts.Skip(1).Aggregate(Value(parts[0]), Apply);
    }

    private string? Value(string reference) => reference switch
    {
        ".Release.Name" => Release,
        ".Chart.Name" => Scalar(chart.At("name")),
        ".Chart.Version" => Scalar(chart.At("version")),
        ".Chart.AppVersion" => Scalar(chart.At("appVersion")),
        _ => Reference.IsMatch(reference) ? Scalar(values.At(reference[".Values.".Length..].Replace('.', '/'))) : null,
    };

    private static string? Scalar(YamlNode? node) =>
        node is YamlScalarNode scalar && (scalar.IsString() || scalar.Value is not ("" or "~" or "null")) ? scalar.Value : null;

    private static string? Apply(string? value, string function) => (value, function) switch
    {
        (null, _) => null,
        (_, "toString") => value,
        // What is no number becomes 0.
        (_, "int" or "int64") => long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? $"{number}" : "0",
        _ => null,
    };

    [GeneratedRegex(@"\{\{-?\s*(?<pipeline>.*?)\s*-?\}\}")]
    private static partial Regex Expression { get; }

    // A hyphen in a name ends the reference, and Helm refuses the template.
    [GeneratedRegex(@"^\.Values(\.[A-Za-z_][A-Za-z0-9_]*)+$")]
    private static partial Regex Reference { get; }
}
