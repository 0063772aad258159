namespace TraceDemo.ServiceDefaults.Health;

/// <summary>What a health check is for.</summary>
public static class HealthTags
{
    /// <summary>Gates readiness: without it the service can't do its work at all.</summary>
    public const string Ready = "ready";

    /// <summary>Shown, but gates nothing: the services need one another, and waiting for each other they would wait for ever.</summary>
    public const string Peer = "peer";
}
