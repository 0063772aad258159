using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>The state of a growing trace. Equal versions have equal content.</summary>
internal sealed record TraceVersion(int Spans, int Logs, DateTimeOffset LastReceived)
{
    public static TraceVersion Of(TraceSnapshot trace) => new(trace.Spans.Count, trace.Logs.Count, trace.LastReceived);
}
