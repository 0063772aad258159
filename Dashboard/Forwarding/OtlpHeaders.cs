using System.Net.Http.Headers;

namespace TraceDemo.Dashboard.Forwarding;

/// <summary>
/// OTEL_EXPORTER_OTLP_HEADERS: pairs as in W3C Baggage, with values percent-encoded. See "Specifying headers via environment variables" in
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
/// </summary>
internal static class OtlpHeaders
{
    /// <exception cref="InvalidOperationException">The setting is malformed. The message does not repeat it: values are keys.</exception>
    public static void Add(HttpRequestHeaders headers, string setting)
    {
        foreach (var pair in setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (pair[..at].TrimEnd(), Uri.UnescapeDataString(pair[(at + 1)..].TrimStart()))
                : throw Malformed();
            // Checked here: a percent-encoded line break would start another header, and HttpClient's own error contains the value.
            if (value.Any(letter => letter is < ' ' or > '~') || !headers.TryAddWithoutValidation(name, value))
            {
                throw Malformed();
            }
        }
    }

    private static InvalidOperationException Malformed() =>
        new("OTEL_EXPORTER_OTLP_HEADERS must be pairs name=value, separated by commas, with values percent-encoded.");
}
