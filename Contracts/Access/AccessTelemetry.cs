namespace TraceDemo.Contracts.Access;

/// <summary>
/// Names of spans, attributes and metrics specific to this system, in addition to those of ServiceDefaults. <c>docs/telemetry.md</c> has
/// each name's meaning, unit and owner; a test compares that table with both lists.
/// </summary>
public static class AccessTelemetry
{
    /// <summary>The intersection of the person's and the agent's departments, and the missing ones.</summary>
    public static class PermissionIntersection
    {
        public const string Span = "permission_intersection";
        public const string UserDepartments = "user.departments";
        public const string AgentCapabilities = "agent.capabilities";
        public const string EffectiveDepartments = "effective.departments";
        public const string RequiredDepartments = "required.departments";
        public const string RequiredMatch = "required.match";
        public const string MissingDepartments = "missing.departments";
    }

    /// <summary>The policy's decision and the rule that determined it.</summary>
    public static class PolicyEvaluation
    {
        public const string Span = "policy_evaluation";
        public const string Decision = "policy.decision";
        public const string Reason = "policy.reason";
        public const string CallerType = "policy.caller_type";
        public const string EffectiveDepartments = "policy.effective_departments";
        public const string WhatIf = "policy.what_if";
        public const string RuleName = "security_rule.name";
        public const string RuleVersion = "security_rule.version";
        public const string RulesetName = "security_rule.ruleset.name";
    }

    /// <summary>A service's work for a person: the span with the outcome.</summary>
    public static class Access
    {
        public const string UserDelegateSpan = "user.delegate";
        public const string UserDirectAccessSpan = "user.direct_access";
        public const string AgentDelegatedAccessSpan = "agent.delegated_access";
        public const string DocAccessSpan = "doc.access";
        public const string DeniedEvent = "access.denied";
        public const string EnduserPseudoId = "enduser.pseudo.id";
        public const string AgentId = "agent.id";
        public const string DocumentId = "document.id";
        public const string Granted = "access.granted";
        public const string Reason = "access.reason";
    }

    /// <summary>OpenTelemetry's names for an agent invocation, on <see cref="Access.AgentDelegatedAccessSpan"/>.</summary>
    public static class GenAi
    {
        public const string OperationName = "gen_ai.operation.name";
        public const string AgentId = "gen_ai.agent.id";
        public const string AgentName = "gen_ai.agent.name";
    }

    /// <summary>The person's delegation: the context of a transaction token.</summary>
    public static class TransactionToken
    {
        public const string Agent = "txn.agent";
        public const string Document = "txn.document";
        public const string Action = "txn.action";
    }

    /// <summary>A background check of the registry that found a change, or failed.</summary>
    public static class Refresh
    {
        public const string RegistrySpan = "registry_refresh";
    }

    /// <summary>Metrics, and their labels. No label identifies a person.</summary>
    public static class Metrics
    {
        public const string Decisions = "tracedemo.decisions";
        public const string Delegations = "tracedemo.delegations";
        public const string DecisionLabel = "decision";
        public const string CallerTypeLabel = "caller_type";
        public const string AgentLabel = "agent";
    }
}
