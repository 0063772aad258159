using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Words that nearly all spans of the system bear. They are kept here once and for ever, so that no span has to pay for them; whatever else
/// spans may share, each pays for in full, because it may be the last to hold it.
/// </summary>
internal static class Vocabulary
{
    private static readonly FrozenSet<string> Words =
    [
        .. from type in typeof(TelemetryNames).GetNestedTypes()
           from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
           where field.IsLiteral && field.FieldType == typeof(string)
           select (string)field.GetRawConstantValue()!,
        TelemetryNames.Scope, "Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy",
        "dashboard", "gateway", "user-service", "agent-service", "document-service", "keycloak", "identity",
        "url.full", "network.protocol.name", "network.peer.address", "network.peer.port", "http.request.resend_count",
        "{OriginalFormat}", "Information", "Warning", "Error",
        "GET", "POST", "PUT", "DELETE", "http", "https", "localhost", "1.1", "200", "true", "false",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryGet(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? word) => Lookup.TryGetValue(text, out word);

    /// <summary>The instance that is kept here, or the text itself.</summary>
    public static string Of(string text) => Words.TryGetValue(text, out var word) ? word : text;

    /// <summary>Whether it is the very instance that is kept here, and not another of the same letters.</summary>
    public static bool IsOwn(string text) => Words.TryGetValue(text, out var word) && ReferenceEquals(word, text);
}
