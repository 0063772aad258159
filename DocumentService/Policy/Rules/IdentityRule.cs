using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>Nothing is read without a person behind the token, public documents included.</summary>
internal sealed class IdentityRule : PolicyRule
{
    private readonly RuleVerdict _person;
    private readonly RuleVerdict _nobody;

    public IdentityRule()
        : base("identity")
    {
        _person = Pass("The token stands for a signed-in person.");
        _nobody = Deny(ReasonCode.DelegationRequired,
            "No person is behind this token. Exchange a signed-in person's token instead of using the client's own.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => facts.IsPerson ? _person : _nobody;
}
