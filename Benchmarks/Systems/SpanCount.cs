namespace TraceDemo.Benchmarks.Systems;

/// <summary>Spans that services handed to their exporters, and spans they had to drop.</summary>
internal sealed record SpanCount(long Exported, long Dropped);
