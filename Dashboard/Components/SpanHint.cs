using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Telemetry;
using static TraceDemo.Contracts.Access.AccessTelemetry;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.Dashboard.Components;

/// <summary>The most important detail of a span, shown in its row.</summary>
internal static class SpanHint
{
    public static string? Of(Span span) => span.Name switch
    {
        TokenExchange.Span => Join(Arrow(span[TokenExchange.AudienceBefore], span[TokenExchange.AudienceAfter]), span[TokenExchange.Cache],
            span[TokenExchange.OAuthError]),
        JwtValidation.Span => Join(span[JwtValidation.Result], span[JwtValidation.Cached] is "true" ? "cached" : null),
        PermissionIntersection.Span => span[PermissionIntersection.MissingDepartments] is { Length: > 2 } missing
            ? $"missing {Plain(missing)}" : Plain(span[PermissionIntersection.EffectiveDepartments]),
        PolicyEvaluation.Span => Join(span[PolicyEvaluation.Decision], span[PolicyEvaluation.Reason]),
        TelemetryNames.TransactionToken.Span => span[TelemetryNames.TransactionToken.Result],
        _ => Join(span[Access.Reason], span[Server.StatusCode]),
    };

    private static string? Arrow(string? before, string? after) => after is null ? null : $"{Plain(before)} → {Plain(after)}";

    // An array is stored as JSON: ["a","b"].
    private static string? Plain(string? value) =>
        value?.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal);

    private static string? Join(params string?[] parts) =>
        string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } joined ? joined : null;
}
