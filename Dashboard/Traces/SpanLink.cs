namespace TraceDemo.Dashboard.Traces;

public sealed record SpanLink(TraceId TraceId, SpanId SpanId, Tag[] Attributes);
