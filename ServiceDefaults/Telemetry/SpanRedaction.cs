using System.Diagnostics;
using OpenTelemetry;

namespace TraceDemo.ServiceDefaults.Telemetry;

internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.DisplayName = Redaction.Scrub(data.DisplayName);
        List<KeyValuePair<string, object?>>? scrubbed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (Redaction.ScrubValue(tag.Value) is { } value && !ReferenceEquals(value, tag.Value))
            {
                (scrubbed ??= []).Add(new(tag.Key, value));
            }
        }
        foreach (var (name, value) in scrubbed ?? [])
        {
            data.SetTag(name, value);
        }
    }
}
