using System.Collections.Frozen;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>
/// An agent reads what its person requested, not everything both may read: the transaction token must name this person,
/// session, agent, document and action (draft-ietf-oauth-transaction-tokens).
/// </summary>
internal sealed class GrantRule : PolicyRule
{
    private readonly RuleVerdict _direct;
    private readonly RuleVerdict _whatIf;
    private readonly RuleVerdict _granted;
    private readonly RuleVerdict _invalid;
    private readonly FrozenDictionary<GrantVerdict, RuleVerdict> _denials;

    public GrantRule()
        : base("grant")
    {
        _direct = NotApplicable("Direct access: no delegation is needed.");
        _whatIf = NotApplicable("A what-if query reads nothing, so it needs no grant.");
        _granted = Pass("The transaction token grants this person, session, agent, document and action.");
        _invalid = Deny(AccessReasons.DelegationNotGranted, "The transaction token is not valid. Start the delegation again.");
        _denials = new Dictionary<GrantVerdict, RuleVerdict>
        {
            [GrantVerdict.Missing] = Deny(AccessReasons.DelegationNotGranted,
                "The transaction token is missing. Start the delegation at user-service and forward its Txn-Token."),
            [GrantVerdict.OtherPerson] = Otherwise("person"),
            [GrantVerdict.OtherSession] = Otherwise("session"),
            [GrantVerdict.OtherActor] = Otherwise("client of an agent"),
            [GrantVerdict.OtherAgent] = Otherwise("agent"),
            [GrantVerdict.OtherDocument] = Otherwise("document"),
            [GrantVerdict.OtherAction] = Otherwise("action"),
            [GrantVerdict.Expired] = Deny(
                AccessReasons.DelegationNotGranted, "The transaction token has expired. Start the delegation again."),
        }.ToFrozenDictionary();
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => facts switch
    {
        { Delegation: null } => _direct,
        { WhatIf: true } => _whatIf,
        { Delegation.Grant: GrantVerdict.Granted } => _granted,
        _ => _denials.GetValueOrDefault(facts.Delegation.Grant, _invalid),
    };

    private RuleVerdict Otherwise(string member) =>
        Deny(AccessReasons.DelegationNotGranted, $"The transaction token names another {member}. Each delegation needs its own.");
}
