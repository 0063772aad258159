namespace TraceDemo.Tests.Framework.Published;

/// <summary>The resources of the model; what Aspire adds for itself is not held to our rules.</summary>
internal static class Resources
{
    public const string Redis = "redis";

    /// <summary>Built from this repository.</summary>
    public static readonly IReadOnlyList<string> Services = ["dashboard", "gateway", "user-service", "agent-service", "document-service"];

    public static readonly IReadOnlyList<string> All = [.. Services, "keycloak", Redis];
}
