using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal static class TransactionTokenSpan
{
    /// <summary>Records only values whose signature was verified: anything else is arbitrary input of the sender.</summary>
    public static void Describe(Activity? span, TransactionToken.Payload? payload, TransactionContext context, string result)
    {
        span?.SetTag(TelemetryNames.TransactionToken.Result, result);
        if (payload is null || span is not { IsAllDataRequested: true })
        {
            return;
        }

        span.SetTag(TelemetryNames.TransactionToken.Id, payload.Id);
        foreach (var (member, _) in context.Members)
        {
            span.SetTag(TelemetryNames.TransactionToken.ContextPrefix + member, payload.Context?.GetValueOrDefault(member));
        }
    }
}
