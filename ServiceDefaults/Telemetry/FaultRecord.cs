using System.Diagnostics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>An exception by OpenTelemetry's names. What libraries and callers put
/// into messages is scrubbed, and none of it is long.</summary>
internal static class FaultRecord
{
    internal const int LongestMessage = 1_000;
    internal const int LongestStack = 4_000;

    // What is cut before it is searched may end within a token, of which enough is left to be found.
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
