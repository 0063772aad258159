using System.Diagnostics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>An exception by OpenTelemetry's names. Messages, which may contain arbitrary
/// input, are redacted and truncated.</summary>
internal static class FaultRecord
{
    internal const int LongestMessage = 1_000;
    internal const int LongestStack = 4_000;

    // Truncation before redaction may cut a token, but the remaining part is still recognized.
    private const int MostSearched = 32_000;

    public static void AddTo(Activity span, Exception exception) =>
        span.AddEvent(new ActivityEvent(Fault.Event, tags: [.. Attributes(exception)]));

    public static IEnumerable<KeyValuePair<string, object?>> Attributes(Exception exception) =>
    [
        new(Fault.Type, exception.GetType().FullName),
        new(Fault.Message, Clean(exception.Message, LongestMessage)),
        new(Fault.Stacktrace, Clean(exception.ToString(), LongestStack)),
    ];

    private static string Clean(string text, int longest) => Cut(Redaction.ScrubSecrets(Cut(text, MostSearched)), longest);

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] : text;
}
