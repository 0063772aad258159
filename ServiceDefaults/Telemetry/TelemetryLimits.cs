using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// Bounds of what one span or log record may hold, by OpenTelemetry's settings, which the exporters apply to spans, events, links and
/// logs. The SDK has no limit for the length of a value unless one is set.
/// </summary>
public static class TelemetryLimits
{
    /// <summary>The longest value of an attribute, where no setting says otherwise, and the
    /// longest body of a log record, for which OpenTelemetry has no setting.</summary>
    public const int LongestText = 4096;

    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = LongestText.ToString(CultureInfo.InvariantCulture),
        ["OTEL_ATTRIBUTE_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "128",
        ["OTEL_SPAN_LINK_COUNT_LIMIT"] = "128",
    };

    /// <summary>
    /// Where nothing else is configured. Not as a source of their own below the others: to insert one makes the configuration read all its
    /// sources again, and what was set in code is lost.
    /// </summary>
    internal static void AddTo(IConfiguration configuration)
    {
        foreach (var (name, value) in Defaults)
        {
            configuration[name] ??= value;
        }
    }
}
