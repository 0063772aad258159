using System.Text.Json;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>The same requests in OTLP's JSON encoding.</summary>
internal static class JsonSignals
{
    // Spans nest to about 10 levels; each level of an attribute's value takes three more.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static void ReadTraces(ReadOnlyMemory<byte> request, Intake intake) =>
        Read(request, ("resourceSpans", "scopeSpans", "spans"), ReadSpan, intake);

    public static void ReadLogs(ReadOnlyMemory<byte> request, Intake intake) =>
        Read(request, ("resourceLogs", "scopeLogs", "logRecords"), ReadRecord, intake);

    private static void Read(
        ReadOnlyMemory<byte> request, (string Resources, string Scopes, string Items) names,
        Action<JsonElement, string, Intake> readItem, Intake intake)
    {
        using var document = JsonDocument.Parse(request, Options);
        foreach (var resourceItems in JsonValues.Items(document.RootElement, names.Resources))
        {
            var resource = JsonValues.Member(resourceItems, "resource");
            intake.From(resource is { } known ? JsonValues.Attributes(known, intake) : null);
            foreach (var scopeItems in JsonValues.Items(resourceItems, names.Scopes))
            {
                var scope = JsonValues.Member(scopeItems, "scope") is { } named ? intake.Name(JsonValues.Text(named, "name") ?? "") : "";
                foreach (var item in JsonValues.Items(scopeItems, names.Items))
                {
                    readItem(item, scope, intake);
                }
            }
        }
    }

    private static void ReadSpan(JsonElement span, string scope, Intake intake)
    {
        if (intake.Accept() is not { } service)
        {
            return;
        }
        var draft = new SpanDraft(service, scope)
        {
            TraceId = JsonValues.TraceId(span),
            Id = JsonValues.SpanId(span, "spanId"),
            ParentId = JsonValues.SpanId(span, "parentSpanId"),
            Name = intake.Name(JsonValues.Text(span, "name") ?? ""),
            Kind = JsonValues.Unsigned(span, "kind"),
            Start = JsonValues.Unsigned(span, "startTimeUnixNano"),
            End = JsonValues.Unsigned(span, "endTimeUnixNano"),
            Attributes = JsonValues.Attributes(span, intake),
        };
        if (JsonValues.Member(span, "status") is { } status)
        {
            draft.Status = JsonValues.Unsigned(status, "code");
            draft.StatusMessage = intake.Text(JsonValues.Text(status, "message") ?? "");
        }

        foreach (var item in JsonValues.Items(span, "events"))
        {
            var name = intake.Name(JsonValues.Text(item, "name") ?? "");
            var time = SpanDraft.Time(JsonValues.Unsigned(item, "timeUnixNano"));
            draft.Add(new SpanEvent(time, name, JsonValues.Attributes(item, intake)?.ToArray() ?? []), intake);
        }

        foreach (var link in JsonValues.Items(span, "links"))
        {
            draft.Add(new SpanLink(JsonValues.TraceId(link), JsonValues.SpanId(link, "spanId"),
                JsonValues.Attributes(link, intake)?.ToArray() ?? []), intake);
        }

        draft.Finish(intake);
    }

    private static void ReadRecord(JsonElement record, string scope, Intake intake)
    {
        if (intake.Accept() is not { } service || !JsonValues.TraceId(record).IsValid)
        {
            return;
        }
        var time = JsonValues.Unsigned(record, "timeUnixNano");
        intake.Logs.Add(new LogRecord
        {
            TraceId = JsonValues.TraceId(record),
            SpanId = JsonValues.SpanId(record, "spanId"),
            Service = service,
            Resource = intake.Resource,
            Scope = scope,
            SeverityNumber = LogRecord.Number(JsonValues.Unsigned(record, "severityNumber")),
            Time = SpanDraft.Time(time != 0 ? time : JsonValues.Unsigned(record, "observedTimeUnixNano")),
            Severity = intake.Name(JsonValues.Text(record, "severityText") ?? ""),
            EventName = intake.Name(JsonValues.Text(record, "eventName") ?? ""),
            Body = JsonValues.Member(record, "body") is { } body ? intake.Text(JsonValues.Read(body, intake).Text) : "",
            Attributes = JsonValues.Attributes(record, intake)?.ToArray() ?? [],
        });
    }
}
