using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>Replaces <c>${NAME:default}</c> in string values, as Keycloak's import does;
/// names come from configuration, so from the environment too.</summary>
internal static partial class Placeholders
{
    /// <summary>Replaces in place. A placeholder without value and default remains unchanged, as in Keycloak.</summary>
    public static void Resolve(JsonNode? node, IConfiguration configuration)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    Replace(value, configuration, text => members[name] = text);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var index = i;
                    Replace(items[i], configuration, text => items[index] = text);
                }

                break;
        }
    }

    public static string Resolve(string text, IConfiguration configuration) =>
        Pattern().Replace(text, match =>
            configuration[match.Groups["name"].Value] is { Length: > 0 } value ? value
            : match.Groups["default"].Success ? match.Groups["default"].Value
            : match.Value);

    private static void Replace(JsonNode? value, IConfiguration configuration, Action<string> assign)
    {
        if (value is not JsonValue leaf)
        {
            Resolve(value, configuration);
        }
        else if (leaf.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal))
        {
            assign(Resolve(text, configuration));
        }
    }

    [GeneratedRegex(@"\$\{(?<name>[^}:]+)(:(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
