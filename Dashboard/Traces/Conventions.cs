using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Traces;

/// <summary>The attributes of the services' spans that the store evaluates.</summary>
internal static class Conventions
{
    private const string Gateway = "gateway";
    private const string WebServer = "Microsoft.AspNetCore";

    /// <summary>
    /// The system's entry: the gateway authenticated the person, so its span is trusted. YARP calls its own span, which is inside, a
    /// server span too, so the rule includes the scope.
    /// </summary>
    public static bool IsEntry(this Span span) => span.Kind == SpanKind.Server && span.Service == Gateway && span.Scope == WebServer;

    public static string? Person(this Span span) => span[AccessTelemetry.Access.EnduserPseudoId];

    public static bool IsAllowed(this Span span) => span[AccessTelemetry.Access.Granted] is "true";

    public static bool IsDenied(this Span span) =>
        span[AccessTelemetry.Access.Granted] is "false" || (span[AccessTelemetry.PolicyEvaluation.Decision] is "deny" && !span.IsWhatIf());

    public static bool IsFailed(this Span span) =>
        (span.Status == SpanStatus.Error && !span.IsRefusal()) || span[TelemetryNames.TokenExchange.OAuthError] is not null;

    /// <summary>Traces with such a span are kept longer.</summary>
    public static bool IsNotable(this Span span) => span.IsDenied() || span.IsFailed();

    // A what-if denial is not a denial: no document was requested.
    private static bool IsWhatIf(this Span span) => span[AccessTelemetry.PolicyEvaluation.WhatIf] is "true";

    // .NET marks the client span of a 4xx response as an error; here it is a normal response, and the denial has its own span.
    private static bool IsRefusal(this Span span) =>
        span.Kind == SpanKind.Client && span[TelemetryNames.Server.StatusCode] is ['4', _, _];
}
