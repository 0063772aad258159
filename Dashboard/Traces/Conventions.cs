using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Traces;

/// <summary>What the services' spans say, as far as the store must understand it.</summary>
internal static class Conventions
{
    private const string Gateway = "gateway";

    /// <summary>Where the system begins: the gateway validated who this is, so its word counts.</summary>
    public static bool IsEntry(this Span span) => span.Kind == SpanKind.Server && span.Service == Gateway;

    public static string? Person(this Span span) => span[TelemetryNames.Access.EnduserPseudoId];

    public static bool IsAllowed(this Span span) => span[TelemetryNames.Access.Granted] is "true";

    public static bool IsDenied(this Span span) => span[TelemetryNames.Access.Granted] is "false" || span[TelemetryNames.PolicyEvaluation.Decision] is "deny";

    public static bool IsFailed(this Span span) => span.Status == SpanStatus.Error || span[TelemetryNames.TokenExchange.OAuthError] is not null;
}
