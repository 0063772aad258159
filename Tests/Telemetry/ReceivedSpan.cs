namespace TraceDemo.Tests.Telemetry;

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
            resource.GetValueOrDefault("service.name", ""), scopeSpans.Message(1)?.Text(1) ?? "", span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5),
            (int)span.Number(6), (int)(span.Message(15)?.Number(3) ?? 0), OtlpAttributes.Read(span, 9))
        {
            Resource = resource,
            Start = span.Number(7),
            Events = [.. span.Messages(11).Select(item => (item.Text(2), OtlpAttributes.Read(item, 3)))],
            Links = [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
        };
}

/// <summary>A log record as an OTLP receiver gets it.</summary>
internal sealed record ReceivedLog(
    string Service, string Category, string EventName, string Body, string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The records of an <c>ExportLogsServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedLog> Read(byte[] request) =>
        from resourceLogs in new ProtobufMessage(request).Messages(1)
        let resource = OtlpAttributes.Read(resourceLogs.Message(1), 1)
        from scopeLogs in resourceLogs.Messages(2)
        from log in scopeLogs.Messages(2)
        select new ReceivedLog(
            resource.GetValueOrDefault("service.name", ""), scopeLogs.Message(1)?.Text(1) ?? "", log.Text(12), OtlpAttributes.Value(log.Message(5)),
            log.Hex(9), log.Hex(10), OtlpAttributes.Read(log, 6));
}

internal static class OtlpAttributes
{
    public static IReadOnlyDictionary<string, string> Read(ProtobufMessage? owner, int field) =>
        owner?.Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2))) ?? [];

    /// <summary>An <c>AnyValue</c> as text; an array's elements are separated by blanks.</summary>
    public static string Value(ProtobufMessage? value)
    {
        if (value is null)
        {
            return "";
        }

        if (value.Has(1))
        {
            return value.Text(1);
        }

        if (value.Has(2))
        {
            return value.Number(2) == 1 ? "true" : "false";
        }

        if (value.Has(3))
        {
            return ((long)value.Number(3)).ToString();
        }

        if (value.Has(4))
        {
            return BitConverter.UInt64BitsToDouble(value.Number(4)).ToString();
        }

        return string.Join(' ', value.Message(5)?.Messages(1).Select(Value) ?? []);
    }
}
