namespace TraceDemo.Dashboard.Traces;

// Public, because the parameters of Razor components must be.
public enum SpanKind : byte { Unspecified, Internal, Server, Client, Producer, Consumer }

public enum SpanStatus : byte { Unset, Ok, Error }

public enum TagKind : byte { Text, Flag, Whole, Real, Json }

/// <summary>One attribute; arrays and maps are kept as JSON text.</summary>
public readonly record struct Tag(string Key, TagKind Kind, string Value);

public sealed record SpanEvent(long Time, string Name, Tag[] Attributes);

public sealed record SpanLink(TraceId TraceId, SpanId SpanId, Tag[] Attributes);

/// <summary>A finished span as it was received, cut to the receiver's limits and redacted. Times are nanoseconds since 1970.</summary>
public sealed record Span
{
    public required TraceId TraceId { get; init; }
    public required SpanId Id { get; init; }
    public SpanId ParentId { get; init; }
    public required string Service { get; init; }

    /// <summary>How the sender describes where it comes from, besides the service's name; one object for all that bears it.</summary>
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
                if (attribute.Key == key) { return attribute.Value; }
            }

            return null;
        }
    }
}

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
