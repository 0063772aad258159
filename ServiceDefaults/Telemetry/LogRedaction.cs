using OpenTelemetry;
using OpenTelemetry.Logs;

namespace TraceDemo.ServiceDefaults.Telemetry;

internal sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = Clean(data.FormattedMessage);
        data.Body = Clean(data.Body);
        if (data.Attributes is { } attributes
            && attributes.Any(attribute => !ReferenceEquals(Redaction.ScrubValue(attribute.Value), attribute.Value)))
        {
            data.Attributes = [
                .. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, Redaction.ScrubValue(attribute.Value)))];
        }

        if (data.Exception is not { } exception)
        {
            return;
        }
        // As attributes, because the exporter would write the exception unredacted.
        data.Attributes = [.. data.Attributes ?? [], .. FaultRecord.Attributes(exception)];
        data.Exception = null;
    }

    private static string? Clean(string? text) => text is null ? null : Redaction.Scrub(text.Truncate(TelemetryLimits.MaxTextLength));
}
