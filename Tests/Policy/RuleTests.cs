using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Policy;

public sealed class RuleTests
{
    private static readonly AccessFacts Allowed = Facts.Delegated("alice", "gpt4", "DOC-005");

    /// <summary>One thing wrong at a time, in the order of the rules.</summary>
    private static readonly (string Rule, string Reason, Func<AccessFacts, AccessFacts> Spoil)[] Faults =
    [
        ("identity", "delegation_required", facts => facts with { IsPerson = false }),
        ("scope", "insufficient_scope", facts => facts with { HasScope = false }),
        ("agent-known", "agent_unknown", facts => facts with { Delegation = facts.Delegation! with { Policy = null } }),
        ("agent-known", "agent_unknown",
            facts => facts with { Delegation = facts.Delegation! with { Registry = RegistryState.NotRegistered } }),
        ("agent-known", "agent_disabled",
            facts => facts with { Delegation = facts.Delegation! with { Registry = RegistryState.Disabled } }),
        ("agent-known", "registry_unavailable",
            facts => facts with { Delegation = facts.Delegation! with { Registry = RegistryState.Unavailable } }),
        ("agent-allowed", "agent_not_allowed",
            facts => facts with { Delegation = facts.Delegation! with { Policy = facts.Delegation.Policy! with { AllowedGroups = [] } } }),
        ("agent-allowed", "agent_not_allowed",
            facts =>
                facts with { Delegation = facts.Delegation! with { Policy = facts.Delegation.Policy! with { AllowedGroups = ["hr"] } } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.Missing } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.Invalid } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.OtherPerson } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.OtherSession } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.OtherAgent } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.OtherDocument } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.OtherAction } }),
        ("grant", "delegation_not_granted",
            facts => facts with { Delegation = facts.Delegation! with { Grant = GrantVerdict.Invalid } }),
        ("metadata", "document_unclassified", facts => facts with { Document = Facts.Unclassified }),
        ("metadata", "document_unclassified", facts => facts with { Document = null }),
        ("departments", "intersection_insufficient", facts => facts with { Departments = new HashSet<string> { "finance" } }),
        ("clearance", "agent_clearance_insufficient",
            facts =>
                facts with { Delegation =
                    facts.Delegation! with { Policy = facts.Delegation.Policy! with { Clearance = Sensitivity.Medium } } }),
    ];

    public static TheoryData<int> EachFault => [.. Enumerable.Range(0, Faults.Length)];

    [Theory]
    [MemberData(nameof(EachFault))]
    public void One_violation_is_denied_by_its_own_rule_and_reason(int fault)
    {
        var (rule, reason, spoil) = Faults[fault];

        var decision = Facts.Policy.Decide(spoil(Allowed));

        Assert.False(decision.Allowed);
        Assert.Equal((rule, reason), (decision.Rule, decision.Reason.Value));
        Assert.Equal(reason, decision.Rules.Single(verdict => verdict.Rule == rule).Reason!.Value);
    }

    [Fact]
    public void With_two_violations_the_earlier_rule_gives_the_reason_and_both_are_explained()
    {
        foreach (var (earlier, later) in Faults.SelectMany((fault, index) => Faults[(index + 1)..].Select(later => (fault, later))))
        {
            if (earlier.Rule == later.Rule)
            {
                continue;
            }

            var decision = Facts.Policy.Decide(earlier.Spoil(later.Spoil(Allowed)));

            Assert.Equal((earlier.Rule, earlier.Reason), (decision.Rule, decision.Reason.Value));
            Assert.Contains(decision.Rules, verdict => verdict.Rule == later.Rule && verdict.Verdict == Verdict.Deny);
        }
    }

    [Fact]
    public void Every_rule_is_in_the_explanation_in_the_order_of_the_contract()
    {
        string[] order = ["identity", "scope", "agent-known", "agent-allowed", "grant", "metadata", "departments", "clearance"];

        Assert.Equal(order, Facts.Policy.Decide(Allowed).Rules.Select(verdict => verdict.Rule));
        Assert.Equal(order, Facts.Policy.Decide(new AccessFacts()).Rules.Select(verdict => verdict.Rule));
    }

    [Fact]
    public void Empty_facts_are_denied_because_there_is_no_person()
    {
        var decision = Facts.Policy.Decide(new AccessFacts { Delegation = new(null, default, GrantVerdict.Missing) });

        Assert.Equal((ReasonCode.DelegationRequired, CallerType.Service), (decision.Reason, decision.CallerType));
        Assert.All(decision.Rules, verdict => Assert.Equal(Verdict.Deny, verdict.Verdict));
    }

    [Fact]
    public void Public_document_requires_a_person()
    {
        var alone = Facts.Delegated("alice", "gpt4", "DOC-007") with { IsPerson = false };

        Assert.Equal(ReasonCode.DelegationRequired, Facts.Policy.Decide(alone).Reason);
        Assert.Equal(ReasonCode.DelegationRequired, Facts.Policy.Decide(alone with { Delegation = null }).Reason);
    }

    [Fact]
    public void Agent_cannot_read_what_its_user_cannot_read()
    {
        var decision = Facts.Policy.Decide(Facts.Delegated("carol", "claude", "DOC-003"));

        Assert.Equal(AccessReasons.IntersectionInsufficient, decision.Reason);
        Assert.Equal(["admin"], decision.Missing);
    }

    [Fact]
    public void Agent_with_less_access_than_its_person_is_denied_and_the_missing_element_named()
    {
        var decision = Facts.Policy.Decide(Facts.Delegated("alice", "summarizer", "DOC-001"));

        Assert.Equal(["engineering", "finance"], decision.Departments);
        Assert.Equal(["finance"], decision.Capabilities!.Value);
        Assert.Equal(["finance"], decision.Effective);
        Assert.Equal(["engineering"], decision.Required);
        Assert.Equal(["engineering"], decision.Missing);
        Assert.Equal(("departments", "summarizer", DepartmentMatch.Any), (decision.Rule, decision.Agent, decision.Match));
    }

    [Fact]
    public void Grant_rule_does_not_apply_to_a_what_if_and_every_other_rule_does()
    {
        var whatIf = Allowed with { WhatIf = true, Delegation = Allowed.Delegation! with { Grant = GrantVerdict.Missing } };

        var decision = Facts.Policy.Decide(whatIf);

        Assert.True(decision.Allowed);
        Assert.Equal(Verdict.NotApplicable, decision.Rules.Single(verdict => verdict.Rule == "grant").Verdict);
        foreach (var (_, reason, spoil) in Faults.Where(fault => fault.Rule != "grant"))
        {
            Assert.Equal(reason, Facts.Policy.Decide(spoil(whatIf)).Reason.Value);
        }
    }

    [Fact]
    public void Refusal_before_look_up_is_the_same_for_a_document_that_exists_and_one_that_does_not()
    {
        string[] aboutCaller = ["identity", "scope", "agent-known", "agent-allowed", "grant"];
        foreach (var (rule, reason, spoil) in Faults)
        {
            var caller = spoil(Allowed);
            var refusal = AccessPolicy.Refuse(caller);

            Assert.Equal(aboutCaller.Contains(rule) ? (rule, reason) : default, (refusal?.Rule, refusal?.Reason?.Value));
            Assert.Equal(refusal, AccessPolicy.Refuse(caller with { Document = null }));
            Assert.Equal(refusal?.Reason ?? Facts.Policy.Decide(caller).Reason, Facts.Policy.Decide(caller).Reason);
        }

        Assert.Null(AccessPolicy.Refuse(Allowed with { Document = null, Delegation = null, Departments = new HashSet<string>() }));
    }
}
