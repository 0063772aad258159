using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>Data that never enters the store: query strings and anything that looks like a JSON Web Token.</summary>
internal static class SensitiveText
{
    /// <summary>Keycloak's query strings contain session codes, user codes and ID tokens.</summary>
    public static bool IsDropped(string key) => key == "url.query";

    /// <summary>The value without sensitive parts; the same instance if there are none.</summary>
    public static string Clean(string key, string value) => Redaction.Scrub(
        key is "url.full" or "http.url" or "http.target" && value.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query
            ? value[..query] : value);
}
