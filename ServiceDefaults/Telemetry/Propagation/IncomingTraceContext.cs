namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>How a service treats the trace context of a request.</summary>
public enum IncomingTraceContext
{
    /// <summary>Trusts it, including the sampled flag: the caller belongs to the system.</summary>
    Trusted,

    /// <summary>Joins the caller's trace but always records: the sampled flag would let the caller disable recording.</summary>
    Continue,

    /// <summary>Starts a new trace; <see cref="TraceContextPropagator.Read"/> returns the caller's context, for a link.</summary>
    Link,
}
