using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Reads YAML by path. A part that is missing is empty, never an exception: the rules say what is missing.</summary>
internal static partial class YamlPath
{
    public static IReadOnlyList<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>Separated by slashes, because keys contain dots.</summary>
    public static YamlNode? At(this YamlNode? node, string path)
    {
        foreach (var name in path.Split('/'))
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(name, out var child) ? child : null;
        }

        return node;
    }

    public static string Text(this YamlNode? node, string path) => node.At(path).Text();

    public static string Text(this YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node, string path) =>
        node.At(path) is YamlSequenceNode list ? [.. list.Children] : [];

    public static IReadOnlyList<KeyValuePair<string, YamlNode>> Entries(this YamlNode? node, string path) =>
        node.At(path) is YamlMappingNode map ? [.. map.Children.Select(child => KeyValuePair.Create(child.Key.Text(), child.Value))] : [];

    /// <summary>The keys of a map, or the words of a list: Compose takes either.</summary>
    public static IReadOnlyList<string> Names(this YamlNode? node, string path) =>
        [.. node.Entries(path).Select(entry => entry.Key), .. node.Items(path).Select(item => item.Text())];

    public static bool IsTrue(this YamlNode? node, string path) =>
        node.At(path) is YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" };

    public static bool IsFalse(this YamlNode? node, string path) =>
        node.At(path) is YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" };

    /// <summary>Kubernetes reads YAML 1.1, in which an unquoted <c>yes</c> or <c>8080</c> is no string.</summary>
    public static bool IsString(this YamlNode? node) =>
        node is YamlScalarNode scalar && (scalar.Style != ScalarStyle.Plain || !OtherThanString.IsMatch(scalar.Value ?? ""));

    /// <summary>Unquoted digits: a quoted number is a name for Kubernetes.</summary>
    public static int? Number(this YamlNode? node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain } scalar
        && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"^(~|null|true|false|yes|no|on|off|y|n|[-+]?\d*\.?\d*(e[-+]?\d+)?|0x[0-9a-f]+|[-+]?\.(inf|nan))\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherThanString { get; }
}
