namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>A log record as an OTLP receiver gets it.</summary>
internal sealed record ReceivedLog(
    string Service, string Category, string EventName, string Body, string TraceId, string SpanId,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The records of an <c>ExportLogsServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedLog> Read(byte[] request) =>
        from resourceLogs in new ProtobufMessage(request).Messages(1)
        let resource = OtlpAttributes.Read(resourceLogs.Message(1), 1)
        from scopeLogs in resourceLogs.Messages(2)
        from log in scopeLogs.Messages(2)
        select new ReceivedLog(
            resource.GetValueOrDefault("service.name", ""), scopeLogs.Message(1)?.Text(1) ?? "", log.Text(12),
            OtlpAttributes.Value(log.Message(5)),
            log.Hex(9), log.Hex(10), OtlpAttributes.Read(log, 6));
}
