namespace TraceDemo.ServiceDefaults.Health;

/// <summary>The purpose of a health check.</summary>
public static class HealthTags
{
    /// <summary>Gates readiness: without it the service cannot work.</summary>
    public const string Ready = "ready";

    /// <summary>Shown, but gates nothing: the services depend on each other, and gating would deadlock their startup.</summary>
    public const string Peer = "peer";
}
