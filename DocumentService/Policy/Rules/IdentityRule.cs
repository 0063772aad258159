using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>Reading requires a person's token, also for public documents.</summary>
internal sealed class IdentityRule : PolicyRule
{
    private readonly RuleVerdict _person;
    private readonly RuleVerdict _nobody;

    public IdentityRule()
        : base("identity")
    {
        _person = Pass("The token represents a signed-in person.");
        _nobody = Deny(ReasonCode.DelegationRequired,
            "This token does not represent a person. Exchange a signed-in person's token instead of using the client's own.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => facts.IsPerson ? _person : _nobody;
}
