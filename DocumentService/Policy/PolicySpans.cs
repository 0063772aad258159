using System.Diagnostics;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.DocumentService.Policy;

/// <summary>Decides in the open: the sets and the rules each leave a span.</summary>
internal static class PolicySpans
{
    public static Decision Explain(this AccessPolicy policy, AccessFacts facts)
    {
        var permissions = Intersect(facts);
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.PolicyEvaluation.Span);
        var decision = policy.Decide(facts, permissions);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, decision);
        }

        if (facts.WhatIf)
        {
            span?.SetTag(TelemetryNames.PolicyEvaluation.WhatIf, true);
        }

        return decision;
    }

    /// <summary>One span for many what-ifs at once.</summary>
    public static Activity? WhatIf() =>
        Instrumentation.Source.StartActivity(TelemetryNames.PolicyEvaluation.Span)?.SetTag(TelemetryNames.PolicyEvaluation.WhatIf, true);

    private static PermissionIntersection Intersect(AccessFacts facts)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.PermissionIntersection.Span);
        var permissions = PermissionIntersection.Of(facts);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, permissions);
        }

        return permissions;
    }

    private static void Describe(Activity span, PermissionIntersection permissions)
    {
        span.SetTag(TelemetryNames.PermissionIntersection.UserDepartments, permissions.Departments.ToArray());
        if (permissions.Capabilities is { } capabilities)
        {
            span.SetTag(TelemetryNames.PermissionIntersection.AgentCapabilities, capabilities.ToArray());
        }

        span.SetTag(TelemetryNames.PermissionIntersection.EffectiveDepartments, permissions.Effective.ToArray());
        if (permissions.Required is { } required)
        {
            span.SetTag(TelemetryNames.PermissionIntersection.RequiredDepartments, required.Departments.ToArray());
            span.SetTag(TelemetryNames.PermissionIntersection.RequiredMatch, required.Match.Word());
        }

        span.SetTag(TelemetryNames.PermissionIntersection.MissingDepartments, permissions.Missing.ToArray());
    }

    private static void Describe(Activity span, Decision decision)
    {
        span.SetTag(TelemetryNames.PolicyEvaluation.Decision, decision.Outcome.Word());
        span.SetTag(TelemetryNames.PolicyEvaluation.Reason, decision.Reason.Value);
        span.SetTag(TelemetryNames.PolicyEvaluation.CallerType, decision.CallerType.Word());
        span.SetTag(TelemetryNames.PolicyEvaluation.EffectiveDepartments, decision.Effective.ToArray());
        span.SetTag(TelemetryNames.PolicyEvaluation.RuleName, decision.Rule);
        span.SetTag(TelemetryNames.PolicyEvaluation.RuleVersion, decision.PolicyVersion);
        span.SetTag(TelemetryNames.PolicyEvaluation.RulesetName, AccessPolicy.RuleSet);
    }
}
