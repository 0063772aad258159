using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal static class TransactionTokenSpan
{
    /// <summary>Only what passed the signature check is described: anything else is whatever somebody sent.</summary>
    public static void Describe(Activity? span, TransactionToken.Payload? payload, string result)
    {
        span?.SetTag(TelemetryNames.TransactionToken.Result, result);
        if (payload is null || span is not { IsAllDataRequested: true }) { return; }

        span.SetTag(TelemetryNames.TransactionToken.Id, payload.Id);
        span.SetTag(TelemetryNames.TransactionToken.Agent, payload.Context?.Agent);
        span.SetTag(TelemetryNames.TransactionToken.Document, payload.Context?.Document);
        span.SetTag(TelemetryNames.TransactionToken.Action, payload.Context?.Action);
    }
}
