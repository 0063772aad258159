using System.Globalization;
using System.Text.Json;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// A trace in OTLP's JSON encoding, spans and logs in one document: receivers ignore unknown members, so the same file can be
/// sent to <c>/v1/traces</c> and to <c>/v1/logs</c> of any backend. Written while it is read, so that a large trace is not buffered.
/// </summary>
internal sealed class OtlpJson(Utf8JsonWriter json, CancellationToken cancellationToken)
{
    private const int PartBytes = 32 * 1024;

    public static async Task WriteAsync(TraceSnapshot trace, Stream output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        var writer = new OtlpJson(json, cancellationToken);
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        foreach (var resource in trace.Spans.GroupBy(span => (span.Service, span.Resource)))
        {
            await writer.WriteAsync(resource, ("scopeSpans", "spans"), span => span.Scope, writer.WriteSpan);
        }

        json.WriteEndArray();
        json.WriteStartArray("resourceLogs");
        foreach (var resource in trace.Logs.GroupBy(log => (log.Service, log.Resource)))
        {
            await writer.WriteAsync(resource, ("scopeLogs", "logRecords"), log => log.Scope, writer.WriteLog);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task WriteAsync<T>(
        IGrouping<(string Service, Resource Resource), T> resource, (string Scopes, string Items) names,
        Func<T, string> scopeOf, Action<T> write)
    {
        BeginResource(resource.Key, names.Scopes);
        foreach (var scope in resource.GroupBy(scopeOf, StringComparer.Ordinal))
        {
            BeginScope(scope.Key, names.Items);
            foreach (var item in scope)
            {
                write(item);
                await SendAsync();
            }

            End();
        }

        End();
    }

    private Task SendAsync() => json.BytesPending < PartBytes ? Task.CompletedTask : json.FlushAsync(cancellationToken);

    private void BeginResource((string Service, Resource Resource) resource, string scopes)
    {
        json.WriteStartObject();
        json.WriteStartObject("resource");
        OtlpJsonValues.Write(json, [new Tag("service.name", TagKind.Text, resource.Service), .. resource.Resource.Attributes]);
        json.WriteEndObject();
        json.WriteStartArray(scopes);
    }

    private void BeginScope(string name, string items)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteStartArray(items);
    }

    private void End()
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSpan(Span span)
    {
        json.WriteStartObject();
        WriteIds(span.TraceId, span.Id);
        if (span.ParentId.IsValid)
        {
            json.WriteString("parentSpanId", span.ParentId.ToString());
        }
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", (int)span.Kind);
        WriteTime("startTimeUnixNano", span.Start);
        WriteTime("endTimeUnixNano", span.End);
        OtlpJsonValues.Write(json, span.Attributes);
        json.WriteStartArray("events");
        foreach (var item in span.Events)
        {
            json.WriteStartObject();
            WriteTime("timeUnixNano", item.Time);
            json.WriteString("name", item.Name);
            OtlpJsonValues.Write(json, item.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            WriteIds(link.TraceId, link.SpanId);
            OtlpJsonValues.Write(json, link.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("status");
        json.WriteNumber("code", (int)span.Status);
        if (span.StatusMessage.Length > 0)
        {
            json.WriteString("message", span.StatusMessage);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLog(LogRecord log)
    {
        json.WriteStartObject();
        WriteTime("timeUnixNano", log.Time);
        if (log.SeverityNumber > 0)
        {
            json.WriteNumber("severityNumber", log.SeverityNumber);
        }
        if (log.Severity.Length > 0)
        {
            json.WriteString("severityText", log.Severity);
        }
        if (log.EventName.Length > 0)
        {
            json.WriteString("eventName", log.EventName);
        }
        json.WriteStartObject("body");
        json.WriteString("stringValue", log.Body);
        json.WriteEndObject();
        OtlpJsonValues.Write(json, log.Attributes);
        WriteIds(log.TraceId, log.SpanId);
        json.WriteEndObject();
    }

    private void WriteIds(TraceId traceId, SpanId spanId)
    {
        json.WriteString("traceId", traceId.ToString());
        if (spanId.IsValid)
        {
            json.WriteString("spanId", spanId.ToString());
        }
    }

    private void WriteTime(string name, long time) => json.WriteString(name, time.ToString(CultureInfo.InvariantCulture));
}
