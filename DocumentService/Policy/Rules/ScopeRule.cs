using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>The token must have the scope of the action (RFC 6749 §3.3).</summary>
internal sealed class ScopeRule : PolicyRule
{
    private readonly RuleVerdict _held;
    private readonly RuleVerdict _lacking;

    public ScopeRule()
        : base("scope")
    {
        _held = Pass("The token has the scope for this action.");
        _lacking = Deny(ReasonCode.InsufficientScope,
            "The token lacks the scope for this action: documents:read to read, documents:write to change. Request it in the exchange.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => facts.HasScope ? _held : _lacking;
}
