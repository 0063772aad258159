namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>A span as an OTLP receiver gets it. Kinds and status codes are OTLP's numbers (server 2, client 3; error 2).</summary>
internal sealed record ReceivedSpan(
    string Service, string Scope, string TraceId, string SpanId, string ParentId, string Name, int Kind, int Status,
    IReadOnlyDictionary<string, string> Attributes)
{
    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public required ulong Start { get; init; }

    public required IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes)> Events { get; init; }

    public required IReadOnlyList<(string TraceId, string SpanId)> Links { get; init; }

    /// <summary>The spans of an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedSpan> Read(byte[] request) =>
        from resourceSpans in new ProtobufMessage(request).Messages(1)
        let resource = OtlpAttributes.Read(resourceSpans.Message(1), 1)
        from scopeSpans in resourceSpans.Messages(2)
        from span in scopeSpans.Messages(2)
        select new ReceivedSpan(
            resource.GetValueOrDefault("service.name", ""), scopeSpans.Message(1)?.Text(1) ?? "", span.Hex(1), span.Hex(2),
            span.Hex(4), span.Text(5),
            (int)span.Number(6), (int)(span.Message(15)?.Number(3) ?? 0), OtlpAttributes.Read(span, 9))
        {
            Resource = resource,
            Start = span.Number(7),
            Events = [.. span.Messages(11).Select(item => (item.Text(2), OtlpAttributes.Read(item, 3)))],
            Links = [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
        };
}
