using System.Collections.Frozen;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The calls between services, by <c>service.name</c>. A span contains only the id of its parent; this table limits the parent's service.
/// </summary>
internal static class ServiceCalls
{
    private static readonly string[] Providers = ["keycloak", "identity"];

    /// <summary>
    /// Callers of each service, the nearest to the person first: if two sent a span with the same id, the one that sees more of the
    /// request anyway is used, and no service can insert itself between its callers.
    /// </summary>
    private static readonly FrozenDictionary<string, string[]> Callers = new Dictionary<string, string[]>
    {
        ["dashboard"] = Providers,
        ["gateway"] = ["dashboard", .. Providers],
        ["user-service"] = ["gateway", "document-service"],
        ["agent-service"] = ["gateway", "user-service", "document-service"],
        ["document-service"] = ["gateway", "user-service", "agent-service"],
        ["keycloak"] = ["dashboard", "gateway", "user-service", "agent-service", "document-service"],
        ["identity"] = ["dashboard", "gateway", "user-service", "agent-service", "document-service"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> BehindGateway = FrozenSet.ToFrozenSet(
        ["user-service", "agent-service", "document-service"], StringComparer.Ordinal);

    public static ReadOnlySpan<string> CallersOf(string service) => Callers.GetValueOrDefault(service);

    /// <summary>Whether it is reached only through the gateway, with a token whose person it names on its server spans.</summary>
    public static bool IsBehindGateway(string service) => BehindGateway.Contains(service);
}
