using System.Diagnostics;
using TraceDemo.Contracts.Access;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>Decides with spans: one for the sets and one for the rules.</summary>
internal static class PolicySpans
{
    public static Decision Explain(this AccessPolicy policy, AccessFacts facts)
    {
        var permissions = Intersect(facts);
        using var span = Instrumentation.Source.StartActivity(AccessTelemetry.PolicyEvaluation.Span);
        var decision = policy.Decide(facts, permissions);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, decision);
        }

        if (facts.WhatIf)
        {
            span?.SetTag(AccessTelemetry.PolicyEvaluation.WhatIf, true);
        }

        return decision;
    }

    /// <summary>One span for many what-if queries.</summary>
    public static Activity? WhatIf() =>
        Instrumentation.Source.StartActivity(AccessTelemetry.PolicyEvaluation.Span)?.SetTag(AccessTelemetry.PolicyEvaluation.WhatIf, true);

    private static PermissionIntersection Intersect(AccessFacts facts)
    {
        using var span = Instrumentation.Source.StartActivity(AccessTelemetry.PermissionIntersection.Span);
        var permissions = PermissionIntersection.Of(facts);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, permissions);
        }

        return permissions;
    }

    private static void Describe(Activity span, PermissionIntersection permissions)
    {
        span.SetTag(AccessTelemetry.PermissionIntersection.UserDepartments, permissions.Departments.ToArray());
        if (permissions.Capabilities is { } capabilities)
        {
            span.SetTag(AccessTelemetry.PermissionIntersection.AgentCapabilities, capabilities.ToArray());
        }

        span.SetTag(AccessTelemetry.PermissionIntersection.EffectiveDepartments, permissions.Effective.ToArray());
        if (permissions.Required is { } required)
        {
            span.SetTag(AccessTelemetry.PermissionIntersection.RequiredDepartments, required.Departments.ToArray());
            span.SetTag(AccessTelemetry.PermissionIntersection.RequiredMatch, required.Match.Word());
        }

        span.SetTag(AccessTelemetry.PermissionIntersection.MissingDepartments, permissions.Missing.ToArray());
    }

    private static void Describe(Activity span, Decision decision)
    {
        span.SetTag(AccessTelemetry.PolicyEvaluation.Decision, decision.Outcome.Word());
        span.SetTag(AccessTelemetry.PolicyEvaluation.Reason, decision.Reason.Value);
        span.SetTag(AccessTelemetry.PolicyEvaluation.CallerType, decision.CallerType.Word());
        span.SetTag(AccessTelemetry.PolicyEvaluation.EffectiveDepartments, decision.Effective.ToArray());
        span.SetTag(AccessTelemetry.PolicyEvaluation.RuleName, decision.Rule);
        span.SetTag(AccessTelemetry.PolicyEvaluation.RuleVersion, decision.PolicyVersion);
        span.SetTag(AccessTelemetry.PolicyEvaluation.RulesetName, AccessPolicy.RuleSet);
    }
}
