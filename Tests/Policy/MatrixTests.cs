using TraceDemo.Contracts;
using TraceDemo.DocumentService.Evaluation;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Policy;

public sealed class MatrixTests
{
    [Theory]
    [MemberData(nameof(ContractMatrix.Cells), MemberType = typeof(ContractMatrix))]
    public void Policy_decides_as_the_contract_states(string person, string agent, string document, char expected)
    {
        var facts = agent == "-" ? Facts.Direct(person, document) : Facts.Delegated(person, agent, document);

        var decision = Facts.Policy.Decide(facts);

        Assert.Equal(ContractMatrix.Reason(expected, direct: agent == "-", isPublic: document == "DOC-007"), decision.Reason);
        Assert.Equal(expected == 'Y', decision.Allowed);
    }

    [Fact]
    public void Contract_names_every_combination_of_person_agent_and_document_once()
    {
        var keys = ContractMatrix.Cells().Select(cell => (cell.Data.Item1, cell.Data.Item2, cell.Data.Item3)).ToArray();

        Assert.Equal(4 * 5 * 7, keys.Distinct().Count());
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    [InlineData("carol")]
    [InlineData("david")]
    public void Matrix_shows_what_access_would_decide(string person)
    {
        var matrix = PolicyMatrix.Of(Facts.Policy, Person(person), [.. Facts.Documents.Values], _ => RegistryState.Enabled);

        Assert.Equal([null, .. AgentRoster.Load(Repository.Root).Agents.Select(agent => agent.Id)],
            matrix.Rows.Select(row => row.Agent?.Value));
        foreach (var (row, cell) in matrix.Rows.SelectMany(row => row.Cells.Select(cell => (row, cell))))
        {
            var facts = row.Agent is { } agent
                ? Facts.Delegated(person, agent.Value, cell.Document.Value)
                : Facts.Direct(person, cell.Document.Value);
            var decision = Facts.Policy.Decide(facts);
            Assert.Equal((decision.Outcome, decision.Reason), (cell.Outcome, cell.Reason));
            Assert.Equal(decision.Missing, cell.Missing);
        }
    }

    [Fact]
    public void Matrix_shows_a_disabled_agent_as_denied_and_not_what_the_document_needs()
    {
        var matrix = PolicyMatrix.Of(
            Facts.Policy, Person("carol"), [Facts.Documents["DOC-001"]],
            agent => agent.Id.Value == "gpt4" ? RegistryState.Disabled : RegistryState.Enabled);

        Assert.Equal(
            [("claude", AccessReasons.IntersectionInsufficient, "engineering"), ("gpt4", AccessReasons.AgentDisabled, "")],
            matrix.Rows[1..3].Select(row => (row.Agent!.Value.Value, row.Cells[0].Reason, string.Concat(row.Cells[0].Missing))));
    }

    private static AccessFacts Person(string name) => new()
    {
        IsPerson = true,
        HasScope = true,
        WhatIf = true,
        Departments = Facts.GroupsOf(name),
    };
}
