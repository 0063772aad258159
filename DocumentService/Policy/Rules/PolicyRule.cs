using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>
/// One reason to deny. A rule decides independently of the others, and can only deny. Its verdicts are created once:
/// the decision's sets contain what differs between requests.
/// </summary>
internal abstract class PolicyRule(string name)
{
    public string Name => name;

    public abstract RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions);

    protected RuleVerdict Pass(string detail) => new(name, Verdict.Pass, null, detail);

    protected RuleVerdict NotApplicable(string detail) => new(name, Verdict.NotApplicable, null, detail);

    protected RuleVerdict Deny(ReasonCode reason, string detail) => new(name, Verdict.Deny, reason, detail);
}
