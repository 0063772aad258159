namespace TraceDemo.Dashboard.Traces;

/// <summary>A log record that belongs to a span.</summary>
public sealed record LogRecord
{
    public required TraceId TraceId { get; init; }
    public SpanId SpanId { get; init; }
    public required string Service { get; init; }

    /// <inheritdoc cref="Span.Resource"/>
    public Resource Resource { get; init; } = Resource.None;
    public string Scope { get; init; } = "";
    public long Time { get; init; }

    /// <summary>1 to 24 as OpenTelemetry's log data model has them; 0 for none.</summary>
    public int SeverityNumber { get; init; }
    public string Severity { get; init; } = "";
    public string EventName { get; init; } = "";
    public string Body { get; init; } = "";
    public Tag[] Attributes { get; init; } = [];

    internal static int Number(ulong severity) => severity <= 24 ? (int)severity : 0;
}
