using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Policy;

public sealed class PolicyPropertyTests
{
    /// <summary>Two of these are no departments: a token may carry groups that no document knows.</summary>
    private static readonly string[] Names = ["admin", "engineering", "finance", "hr", "choir", "public"];

    private static readonly Gen<string[]> SomeNames = Gen.SubListOf(Names).Select(names => names.ToArray());

    private static readonly Gen<Document> AnyDocument = Gen.Frequency(
        (1, Gen.Constant(Facts.Unclassified)),
        (1, Gen.Constant(Facts.Classified([Classification.Public], sensitivity: Sensitivity.Public))),
        (8, from departments in Gen.NonEmptyListOf(Gen.Elements(Names[..4]))
            from match in Gen.Elements(DepartmentMatch.Any, DepartmentMatch.All)
            from sensitivity in Gen.Elements(Sensitivity.Low, Sensitivity.Medium, Sensitivity.High, Sensitivity.Critical)
            select Facts.Classified([.. departments.Distinct()], match, sensitivity)));

    private static readonly Gen<AgentPolicy?> AnyAgent = Gen.Frequency(
        (1, Gen.Constant<AgentPolicy?>(null)),
        (9, from capabilities in SomeNames
            from clearance in Gen.Elements(Enum.GetValues<Sensitivity>())
            from allowed in SomeNames
            select (AgentPolicy?)new AgentPolicy(
                AgentId.Parse("any", null), new ClientId("agent-any"), [.. capabilities], clearance, [.. allowed])));

    private static readonly Gen<Delegation?> AnyDelegation = Gen.Frequency(
        (1, Gen.Constant<Delegation?>(null)),
        (4, from agent in AnyAgent
            from registry in Mostly(RegistryState.Enabled)
            from granted in Mostly(true, false)
            select (Delegation?)new Delegation(agent, registry, granted ? GrantVerdict.Granted : GrantVerdict.Missing)));

    private static readonly Gen<AccessFacts> AnyFacts =
        from person in Mostly(true, false)
        from scope in Mostly(true, false)
        from departments in SomeNames
        from delegation in AnyDelegation
        from document in AnyDocument
        from whatIf in Mostly(false, true)
        select new AccessFacts
        {
            IsPerson = person,
            HasScope = scope,
            Departments = departments.ToHashSet(),
            Delegation = delegation,
            Document = document,
            WhatIf = whatIf,
        };

    [Fact]
    public void Adding_a_capability_never_revokes_an_allowed_access() => Check(
        from facts in AnyFacts from name in Gen.Elements(Names) select (facts, name),
        given => given.facts.Delegation?.Policy is not { } agent || NotWorse(given.facts, given.facts with
        {
            Delegation = given.facts.Delegation with
            {
                Policy =
                agent with { Capabilities = [.. agent.Capabilities.Append(given.name).Distinct()] }
            },
        }));

    [Fact]
    public void Joining_a_group_never_revokes_an_allowed_access() => Check(
        from facts in AnyFacts from name in Gen.Elements(Names) select (facts, name),
        given => NotWorse(given.facts, given.facts with { Departments = given.facts.Departments.Append(given.name).ToHashSet() }));

    [Fact]
    public void Raising_a_clearance_never_revokes_an_allowed_access() => Check(
        AnyFacts,
        facts => facts.Delegation?.Policy is not { } agent
            || NotWorse(
                facts, facts with { Delegation = facts.Delegation with { Policy = agent with { Clearance = Sensitivity.Critical } } }));

    [Fact]
    public void Effective_set_never_exceeds_the_person_or_the_agent() => Check(AnyFacts, facts =>
    {
        var permissions = PermissionIntersection.Of(facts);
        return permissions.Effective.All(facts.Departments.Contains)
            && (facts.Delegation is null
                || permissions.Effective.All(name => facts.Delegation.Policy is { } agent && agent.Capabilities.Contains(name)));
    });

    [Fact]
    public void Agent_never_reads_what_its_person_may_not_read() => Check(
        AnyFacts, facts => !Allows(facts) || Allows(facts with { Delegation = null }));

    [Fact]
    public void Access_is_allowed_exactly_when_no_rule_denies() => Check(AnyFacts, facts =>
    {
        var decision = Facts.Policy.Decide(facts);
        var denials = decision.Rules.Where(verdict => verdict.Verdict == Verdict.Deny).ToArray();
        return decision.Allowed == (denials.Length == 0)
            && (decision.Allowed
                ? decision.Reason.Status == 200
                : (decision.Rule, decision.Reason) == (denials[0].Rule, denials[0].Reason!));
    });

    [Fact]
    public void Access_without_a_person_is_never_allowed() => Check(AnyFacts, facts => !Allows(facts with { IsPerson = false }));

    [Fact]
    public void An_unclassified_document_is_never_readable() =>
        Check(AnyFacts, facts => !Allows(facts with { Document = Facts.Unclassified }));

    [Fact]
    public void Person_without_groups_reads_public_documents_only() => Check(
        AnyFacts, facts => !Allows(facts with { Departments = new HashSet<string>() }) || facts.Document!.Classification!.IsPublic);

    [Fact]
    public void Missing_elements_are_required_ones_that_are_not_effective() => Check(AnyFacts, facts =>
    {
        var permissions = PermissionIntersection.Of(facts);
        var lacking = (permissions.Required?.Departments ?? []).Except(permissions.Effective);
        return permissions.Satisfied ? permissions.Missing.IsEmpty : permissions.Missing.SequenceEqual(lacking);
    });

    [Fact]
    public void Explanation_names_each_rule_once_and_gives_a_reason_exactly_where_it_denies() => Check(AnyFacts, facts =>
    {
        var rules = Facts.Policy.Decide(facts).Rules;
        return rules.Length == 8
            && rules.Select(verdict => verdict.Rule).Distinct().Count() == 8
            && rules.All(verdict => verdict.Detail.Length > 0 && (verdict.Reason is not null) == (verdict.Verdict == Verdict.Deny));
    });

    [Fact]
    public void Same_facts_give_the_same_decision() => Check(AnyFacts, facts =>
    {
        var (first, second) = (Facts.Policy.Decide(facts), Facts.Policy.Decide(facts with { }));
        return (first.Outcome, first.Reason, first.Rule) == (second.Outcome, second.Reason, second.Rule)
            && first.Rules.SequenceEqual(second.Rules);
    });

    private static bool Allows(AccessFacts facts) => Facts.Policy.Decide(facts).Allowed;

    private static bool NotWorse(AccessFacts before, AccessFacts after) => !Allows(before) || Allows(after);

    private static Gen<bool> Mostly(bool usual, bool other) => Gen.Frequency((8, Gen.Constant(usual)), (1, Gen.Constant(other)));

    private static Gen<T> Mostly<T>(T usual)
        where T : struct, Enum => Gen.Frequency((8, Gen.Constant(usual)), (1, Gen.Elements(Enum.GetValues<T>())));

    private static void Check<T>(Gen<T> given, Func<T, bool> holds) =>
        Prop.ForAll(given.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
