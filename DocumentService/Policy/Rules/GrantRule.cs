using System.Collections.Frozen;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>
/// An agent reads what its person asked for, not everything the two have in common: the transaction token must name this person,
/// session, agent, document and action (draft-ietf-oauth-transaction-tokens).
/// </summary>
internal sealed class GrantRule : PolicyRule
{
    private readonly RuleVerdict _direct;
    private readonly RuleVerdict _whatIf;
    private readonly RuleVerdict _granted;
    private readonly RuleVerdict _invalid;
    private readonly FrozenDictionary<string, RuleVerdict> _denials;

    public GrantRule()
        : base("grant")
    {
        _direct = NotApplicable("Direct access: the person asks in person.");
        _whatIf = NotApplicable("A what-if reads nothing, so nothing need be granted.");
        _granted = Pass("The transaction token grants this person, session, agent, document and action.");
        _invalid = Deny(ReasonCode.DelegationNotGranted, "The transaction token is not valid. Start the delegation again.");
        _denials = new Dictionary<string, RuleVerdict>(StringComparer.Ordinal)
        {
            ["missing"] = Deny(ReasonCode.DelegationNotGranted,
                "No transaction token came along. Start the delegation at user-service and pass its Txn-Token on."),
            ["other_person"] = Otherwise("person"),
            ["other_session"] = Otherwise("session"),
            ["other_agent"] = Otherwise("agent"),
            ["other_document"] = Otherwise("document"),
            ["other_action"] = Otherwise("action"),
            ["expired"] = Deny(ReasonCode.DelegationNotGranted, "The transaction token has expired. Start the delegation again."),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => facts switch
    {
        { Delegation: null } => _direct,
        { WhatIf: true } => _whatIf,
        { Delegation.Grant.Granted: true } => _granted,
        _ => _denials.GetValueOrDefault(facts.Delegation.Grant.Result, _invalid),
    };

    private RuleVerdict Otherwise(string member) =>
        Deny(ReasonCode.DelegationNotGranted, $"The transaction token names another {member}. Each delegation needs its own.");
}
