namespace TraceDemo.Dashboard.Components;

/// <summary>A color for each service of the system, in request order; other services share one.</summary>
internal static class ServiceColor
{
    private static readonly string[] Known = [
        "dashboard", "gateway", "user-service", "agent-service", "document-service", "keycloak", "identity"];

    public static int IndexOf(string service) => Array.IndexOf(Known, service) is >= 0 and var index ? Math.Min(index, 5) : 6;

    public static string Class(string service) => $"svc-{IndexOf(service)}";
}
