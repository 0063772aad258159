using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Trace;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Requests that record no spans and no metrics: probes, and requests to an
/// OTLP receiver, which would cause a feedback loop.</summary>
internal static class QuietRequests
{
    private static readonly FrozenSet<string> Paths =
        new[] { "/health", "/alive", "/v1/traces", "/v1/metrics", "/v1/logs" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    internal static bool Include(PathString path) => path.Value is { } value && Paths.Contains(value);

    internal static bool Include(in SamplingParameters span)
    {
        if (span.Kind != ActivityKind.Server || span.Tags is null)
        {
            return false;
        }

        foreach (var (name, value) in span.Tags)
        {
            if (name == TelemetryNames.Server.UrlPath)
            {
                return value is string path && Paths.Contains(path);
            }
        }
        return false;
    }
}
