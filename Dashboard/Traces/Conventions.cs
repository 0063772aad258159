using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Traces;

/// <summary>What the services' spans say, as far as the store must understand it.</summary>
internal static class Conventions
{
    private const string Gateway = "gateway";
    private const string WebServer = "Microsoft.AspNetCore";

    /// <summary>
    /// Where the system begins: the gateway validated who this is, so its word counts. YARP calls its own span, which lies inside, a
    /// server span too, so the scope belongs to the rule.
    /// </summary>
    public static bool IsEntry(this Span span) => span.Kind == SpanKind.Server && span.Service == Gateway && span.Scope == WebServer;

    public static string? Person(this Span span) => span[AccessTelemetry.Access.EnduserPseudoId];

    public static bool IsAllowed(this Span span) => span[AccessTelemetry.Access.Granted] is "true";

    public static bool IsDenied(this Span span) =>
        span[AccessTelemetry.Access.Granted] is "false" || (span[AccessTelemetry.PolicyEvaluation.Decision] is "deny" && !span.IsWhatIf());

    public static bool IsFailed(this Span span) =>
        (span.Status == SpanStatus.Error && !span.IsRefusal()) || span[TelemetryNames.TokenExchange.OAuthError] is not null;

    // What would be denied was not: nobody asked for a document.
    private static bool IsWhatIf(this Span span) => span[AccessTelemetry.PolicyEvaluation.WhatIf] is "true";

    // .NET calls it the client's error when a service says no; here that is an answer like others, and the denial is told by its own span.
    private static bool IsRefusal(this Span span) =>
        span.Kind == SpanKind.Client && span[TelemetryNames.Server.StatusCode] is ['4', _, _];
}
