using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>A docker-compose.yaml with the .env beside it. Variables stay as they are written.</summary>
internal sealed partial record ComposeFile(string Text, YamlNode Root, IReadOnlyList<KeyValuePair<string, string>> Environment)
{
    public IReadOnlyList<KeyValuePair<string, YamlNode>> Services => Root.Entries("services");

    /// <summary>Names of variables that have no default where they are used. <c>$$</c> is a dollar sign.</summary>
    public IEnumerable<string> Variables =>
        Variable.Matches(Text).Select(match => match.Groups["name"]).Where(name => name.Success).Select(name => name.Value).Distinct();

    public static ComposeFile Read(string folder) =>
        Parse(File.ReadAllText(Path.Combine(folder, "docker-compose.yaml")), File.ReadAllText(Path.Combine(folder, ".env")));

    public static ComposeFile Parse(string text, string environment) => new(
        text,
        YamlPath.Documents(text).Single(),
        [.. environment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair.ElementAtOrDefault(1) ?? ""))]);

    [GeneratedRegex(@"\$\$|\$\{\w+:?-[^}]*\}|\$(\{(?<name>\w+)[^}]*\}|(?<name>[A-Za-z_]\w*))")]
    private static partial Regex Variable { get; }
}
