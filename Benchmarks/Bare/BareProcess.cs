namespace TraceDemo.Benchmarks.Bare;

/// <summary>The baseline of the comparison: the same hops and responses on the
/// same framework, without tokens, policy or telemetry.</summary>
internal enum BareProcess
{
    Proxy,
    UserService,
    AgentService,
    DocumentService,

    /// <summary>The proxy with only the gateway's telemetry.</summary>
    TracedProxy,

    /// <summary>Not compared: receives telemetry and discards it.</summary>
    Sink,
}
