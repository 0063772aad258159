using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// Bounds of what one span or log record may hold, by OpenTelemetry's settings, which the exporters apply to spans, events, links and
/// logs. The SDK has no limit for the length of a value unless one is set.
/// </summary>
internal static class TelemetryLimits
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = "4096",
        ["OTEL_ATTRIBUTE_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_LINK_COUNT_LIMIT"] = "128",
    };

    /// <summary>Below every other source, so that each of them counts more.</summary>
    public static void AddTo(IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
}
