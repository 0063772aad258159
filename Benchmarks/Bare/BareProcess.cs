namespace TraceDemo.Benchmarks.Bare;

/// <summary>What the system is compared with: the same hops and answers on the
/// same framework, without tokens, policy or telemetry.</summary>
internal enum BareProcess
{
    Proxy,
    UserService,
    AgentService,
    DocumentService,

    /// <summary>The proxy with the gateway's telemetry, and nothing else of it.</summary>
    TracedProxy,

    /// <summary>Not compared: takes telemetry and throws it away.</summary>
    Sink,
}
