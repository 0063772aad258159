using System.Collections.Frozen;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Who calls whom, by <c>service.name</c>. A span cannot say whose span its parent is, it names an id only; here stands whose it can be.
/// </summary>
internal static class ServiceCalls
{
    private static readonly string[] Providers = ["keycloak", "identity"];

    /// <summary>
    /// Callers of each service, the nearest to the person first: where two sent a span with the same id, the one that sees more of the
    /// request anyway is believed, and no service can put itself between its callers.
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

    /// <summary>Whether it is reached through the gateway only, with a token whose person it names on its server spans.</summary>
    public static bool IsBehindGateway(string service) => BehindGateway.Contains(service);
}
