using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>How far a trace has come. Whoever sees the same version sees the same.</summary>
internal sealed record TraceVersion(int Spans, int Logs, DateTimeOffset LastReceived)
{
    public static TraceVersion Of(TraceSnapshot trace) => new(trace.Spans.Count, trace.Logs.Count, trace.LastReceived);
}
