namespace TraceDemo.Dashboard.Traces;

/// <summary>A finished span as received, truncated to the receiver's limits and redacted. Times are nanoseconds since 1970.</summary>
public sealed record Span
{
    public required TraceId TraceId { get; init; }
    public required SpanId Id { get; init; }
    public SpanId ParentId { get; init; }
    public required string Service { get; init; }

    /// <summary>The sender's resource, besides the service's name; one shared object.</summary>
    public Resource Resource { get; init; } = Resource.None;
    public string Scope { get; init; } = "";
    public required string Name { get; init; }
    public SpanKind Kind { get; init; }
    public long Start { get; init; }
    public long End { get; init; }
    public SpanStatus Status { get; init; }
    public string StatusMessage { get; init; } = "";
    public Tag[] Attributes { get; init; } = [];
    public SpanEvent[] Events { get; init; } = [];
    public SpanLink[] Links { get; init; } = [];

    internal string? this[string key]
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (attribute.Key == key)
                {
                    return attribute.Value;
                }
            }

            return null;
        }
    }
}
