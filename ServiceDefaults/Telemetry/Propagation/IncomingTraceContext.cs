namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>What a service does with the trace context of a request.</summary>
public enum IncomingTraceContext
{
    /// <summary>Believe it, the sampled flag included: the caller is one of us.</summary>
    Trusted,

    /// <summary>Join the caller's trace, but record in any case: the caller's sampled flag would let it switch recording off.</summary>
    Continue,

    /// <summary>Begin a trace of our own; <see cref="TraceContextPropagator.Read"/> tells the caller's, for a link.</summary>
    Link,
}
