using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>What never enters the store, whoever sends it: query strings and anything that looks like a JSON Web Token.</summary>
internal static class SensitiveText
{
    /// <summary>Keycloak puts session codes, user codes and ID tokens there.</summary>
    public static bool IsDropped(string key) => key == "url.query";

    /// <summary>The value without what must not be kept; the same instance where nothing was found.</summary>
    public static string Clean(string key, string value) => Redaction.Scrub(
        key is "url.full" or "http.url" or "http.target" && value.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query
            ? value[..query] : value);
}
