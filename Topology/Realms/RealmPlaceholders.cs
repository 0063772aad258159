using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TraceDemo.Topology.Realms;

/// <summary>
/// The <c>${NAME:default}</c> that Keycloak's import reads from the environment. Names are in capitals: <c>${client_id}</c> in a mapper is
/// Keycloak's own.
/// </summary>
public static partial class RealmPlaceholders
{
    /// <summary>The variable of a client's secret.</summary>
    public static string Secret(string clientId) => clientId.ToUpperInvariant().Replace('-', '_') + "_SECRET";

    /// <summary>Every variable that the import reads from the environment, sorted alphabetically.</summary>
    public static IReadOnlyList<string> Names(JsonNode realm) =>
        [.. Strings(realm).SelectMany(text => Placeholder().Matches(text.GetValue<string>())).Select(match => match.Groups["name"].Value)
            .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A default would silently replace a missing variable.</summary>
    public static void DropDefaults(JsonNode realm)
    {
        foreach (var text in Strings(realm).ToList())
        {
            text.ReplaceWith(Placeholder().Replace(text.GetValue<string>(), "${${name}}"));
        }
    }

    private static IEnumerable<JsonValue> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.String => [value],
        _ => [],
    };

    [GeneratedRegex(@"\$\{(?<name>[A-Z][A-Z0-9_]*)(:[^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
