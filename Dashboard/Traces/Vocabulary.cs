using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Strings that nearly all spans of the system contain. They are kept here permanently, so that no span is charged for them; other
/// shared strings are charged in full to each span, because it may be the last to hold them.
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

    /// <summary>Whether it is exactly the instance that is kept here, not an equal one.</summary>
    public static bool IsOwn(string text) => Words.TryGetValue(text, out var word) && ReferenceEquals(word, text);
}
