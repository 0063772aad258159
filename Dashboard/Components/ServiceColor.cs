namespace TraceDemo.Dashboard.Components;

/// <summary>The system's services have a colour each, in the order in which a request meets them; all others share one.</summary>
internal static class ServiceColor
{
    private static readonly string[] Known = [
        "dashboard", "gateway", "user-service", "agent-service", "document-service", "keycloak", "identity"];

    public static int Of(string service) => Array.IndexOf(Known, service) is >= 0 and var index ? Math.Min(index, 5) : 6;

    public static string Class(string service) => $"svc-{Of(service)}";
}
