namespace TraceDemo.Dashboard.Traces;

public sealed record SpanEvent(long Time, string Name, Tag[] Attributes);
