using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>Takes away what differs between two runs of one provider: ids, times, addresses, order inside sets.</summary>
internal static partial class Normal
{
    private const string RecordedAuthority = "http://localhost:8080/realms/tracedemo";

    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "exp", "iat", "auth_time", "jti", "sid", "sub", "kid", "at_hash", "reuse_id", "session_state", "access_token", "refresh_token",
        "id_token", "device_code", "user_code",
    };

    public static JsonNode? Form(JsonNode? node, string authority) => node switch
    {
        JsonObject members => Members(members, authority),
        JsonArray items => Items(items, authority),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text, authority),
        _ => node?.DeepClone(),
    };

    private static JsonObject Members(JsonObject members, string authority)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            // The one claim that DevIdentity has and Keycloak's standard exchange has not.
            if (name == "act")
            {
                continue;
            }
            result[name] = Volatile.Contains(name) ? "…" : name switch
            {
                "scope" => Scope(value),
                "expires_in" or "refresh_expires_in" => Seconds((long)value!),
                _ => Form(value, authority),
            };
        }

        if (members["exp"] is JsonValue exp && members["iat"] is JsonValue iat)
        {
            result["lifetime"] = Seconds((long)exp - (long)iat);
        }
        return result;
    }

    private static JsonArray Items(JsonArray items, string authority)
    {
        var normal = items.Select(item => Form(item, authority)).ToList();
        var isSet = normal.All(item => item is JsonValue value && value.TryGetValue<string>(out _));
        return new JsonArray([.. isSet ? normal.OrderBy(item => (string)item!, StringComparer.Ordinal).ToList() : normal]);
    }

    /// <summary>A provider may read its clock twice, and a second may begin in between.</summary>
    private static long Seconds(long seconds) => (seconds + 1) / 5 * 5;

    private static JsonNode? Scope(JsonNode? scope) => scope is null
        ? null
        : string.Join(' ', ((string)scope!).Split(' ').Order(StringComparer.Ordinal));

    private static JsonNode Text(string text, string authority)
    {
        if (text.StartsWith('{'))
        {
            return Form(JsonNode.Parse(text), authority)!;
        }
        text = text.Replace(authority, RecordedAuthority, StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(authority), Uri.EscapeDataString(RecordedAuthority), StringComparison.Ordinal);
        return UserCode().Replace(text, "XXXX-XXXX");
    }

    [GeneratedRegex("[A-Z]{4}-[A-Z]{4}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserCode();
}
