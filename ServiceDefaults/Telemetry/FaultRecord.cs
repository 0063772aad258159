using System.Diagnostics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>An exception by OpenTelemetry's names. Messages, which may contain arbitrary
/// input, are redacted and truncated.</summary>
internal static class FaultRecord
{
    internal const int MaxMessageLength = 1_000;
    internal const int MaxStackLength = 4_000;

    // Truncation before redaction may cut a token, but the remaining part is still recognized.
    private const int MaxSearchedLength = 32_000;

    public static void AddTo(Activity span, Exception exception) =>
        span.AddEvent(new ActivityEvent(Fault.Event, tags: [.. Attributes(exception)]));

    public static IEnumerable<KeyValuePair<string, object?>> Attributes(Exception exception) =>
    [
        new(Fault.Type, exception.GetType().FullName),
        new(Fault.Message, Clean(exception.Message, MaxMessageLength)),
        new(Fault.Stacktrace, Clean(exception.ToString(), MaxStackLength)),
    ];

    private static string Clean(string text, int maxLength) => Redaction.ScrubSecrets(text.Truncate(MaxSearchedLength)).Truncate(maxLength);
}
