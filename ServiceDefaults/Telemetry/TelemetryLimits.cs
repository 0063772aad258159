using Microsoft.Extensions.Configuration;

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

    /// <summary>
    /// Where nothing else is configured. Not as a source of their own below the others: to insert one makes the configuration read all its
    /// sources again, and what was set in code is lost.
    /// </summary>
    public static void AddTo(IConfiguration configuration)
    {
        foreach (var (name, value) in Defaults)
        {
            configuration[name] ??= value;
        }
    }
}
