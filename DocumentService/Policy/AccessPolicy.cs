using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>
/// Decides about access. Deny by default: every rule is evaluated, so that the explanation is complete, and each can deny. Pure: the same
/// facts give the same decision.
/// </summary>
internal sealed class AccessPolicy(PolicyData data)
{
    /// <summary>Increase it when a rule changes: each decision contains it.</summary>
    public const string RulesVersion = "2";

    public const string RuleSet = "document-access";

    /// <summary>The only client that calls for a person without an agent; every other one is an agent and must be known.</summary>
    public static readonly ClientId DirectClient = new("user-service");

    private static readonly DepartmentsRule Departments = new();

    /// <summary>Caller rules. They decide before any document is looked up, and do not see one.</summary>
    private static readonly ImmutableArray<PolicyRule> CallerRules = [
        new IdentityRule(), new ScopeRule(), new AgentKnownRule(), new AgentAllowedRule(), new GrantRule()];

    /// <summary>In the order in which the first denial gives the reason.</summary>
    private static readonly ImmutableArray<PolicyRule> Rules = [.. CallerRules, new MetadataRule(), Departments, new ClearanceRule()];

    public PolicyData Data => data;

    /// <summary>
    /// The decision that is possible before any document is looked up: null to continue, or the
    /// denial, the same for a document that exists and for one that does not.
    /// </summary>
    public static RuleVerdict? Refuse(AccessFacts caller)
    {
        var callerAlone = caller with { Document = null };
        foreach (var rule in CallerRules)
        {
            if (rule.Judge(callerAlone, PermissionIntersection.None) is { Verdict: Verdict.Deny } denial)
            {
                return denial;
            }
        }

        return null;
    }

    /// <summary>Removes the results of document rules from a decision that was made without a document.</summary>
    public static Decision AboutCaller(Decision decision) => decision with { Rules = decision.Rules[..CallerRules.Length] };

    public Decision Decide(AccessFacts facts) => Decide(facts, PermissionIntersection.Of(facts));

    /// <param name="permissions">From the same facts: computed separately, because it has its own span.</param>
    public Decision Decide(AccessFacts facts, PermissionIntersection permissions)
    {
        var verdicts = ImmutableArray.CreateBuilder<RuleVerdict>(Rules.Length);
        RuleVerdict? denial = null;
        foreach (var rule in Rules)
        {
            var verdict = rule.Judge(facts, permissions);
            verdicts.Add(verdict);
            if (verdict.Verdict == Verdict.Deny)
            {
                denial ??= verdict;
            }
        }

        return Record(facts, permissions, denial, verdicts.MoveToImmutable());
    }

    private Decision Record(AccessFacts facts, PermissionIntersection permissions, RuleVerdict? denial,
        ImmutableArray<RuleVerdict> verdicts) => new()
        {
            Outcome = denial is null ? Outcome.Allow : Outcome.Deny,
            Reason = denial?.Reason ?? AllowReason(facts),
            Rule = denial?.Rule ?? Departments.Name,
            PolicyVersion = data.Version,
            CallerType = facts.CallerType,
            Departments = permissions.Departments,
            Agent = facts.Delegation?.Policy?.Id.Value,
            Capabilities = permissions.Capabilities,
            Clearance = facts.Delegation?.Policy?.Clearance,
            Effective = permissions.Effective,
            Required = permissions.Required?.Departments ?? [],
            Match = permissions.Required?.Match,
            Sensitivity = permissions.Required?.Sensitivity,
            Missing = permissions.Missing,
            Rules = verdicts,
        };

    private static ReasonCode AllowReason(AccessFacts facts) =>
        facts.Document is { Classification.IsPublic: true } ? AccessReasons.PublicDocument
        : facts.Delegation is null ? AccessReasons.DepartmentMatch
        : AccessReasons.DelegationMatch;
}
