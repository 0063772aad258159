using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// Limits of one span or log record, by OpenTelemetry's settings, which the exporters apply to spans, events, links and
/// logs. By default the SDK does not limit the length of a value.
/// </summary>
public static class TelemetryLimits
{
    /// <summary>The default maximum length of an attribute value, and the
    /// maximum body of a log record, for which OpenTelemetry has no setting.</summary>
    public const int MaxTextLength = 4096;

    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = MaxTextLength.ToString(CultureInfo.InvariantCulture),
        ["OTEL_ATTRIBUTE_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_LINK_COUNT_LIMIT"] = "128",
    };

    /// <summary>
    /// Applies the defaults. Not as a separate source below the others: inserting one makes the configuration reload all its
    /// sources, and values set in code are lost.
    /// </summary>
    internal static void AddTo(IConfiguration configuration)
    {
        foreach (var (name, value) in Defaults)
        {
            configuration[name] ??= value;
        }
    }
}
