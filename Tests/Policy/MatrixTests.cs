using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Policy;

public sealed class MatrixTests
{
    /// <summary>Y allow, d departments, c clearance; the columns are DOC-001 to DOC-007.</summary>
    private const string Expected = """
        alice -                          | Y Y d d Y d Y
        alice + gpt4 claude reviewer     | Y Y d d Y d Y
        alice + summarizer               | d Y d d d d Y
        bob -                            | d Y Y d d Y Y
        bob + gpt4 summarizer            | d Y d d d d Y
        bob + claude                     | d Y Y d d Y Y
        bob + reviewer                   | d Y c d d c Y
        carol -                          | d d d Y d d Y
        carol + gpt4 summarizer          | d d d d d d Y
        carol + claude reviewer          | d d d Y d d Y
        david - gpt4 claude reviewer     | Y d d d d d Y
        david + summarizer               | d d d d d d Y
        """;

    public static TheoryData<string, string, string, char> Cells()
    {
        var cells = new TheoryData<string, string, string, char>();
        foreach (var line in Expected.Split('\n'))
        {
            var (names, verdicts) = (line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), line.Split('|')[1].Replace(" ", "").Trim());
            foreach (var agent in names[1..].Where(name => name != "+"))
            {
                for (var column = 0; column < verdicts.Length; column++)
                    cells.Add(names[0], agent, $"DOC-00{column + 1}", verdicts[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Policy_decides_as_the_contract_says(string person, string agent, string document, char expected)
    {
        var facts = agent == "-" ? Facts.Direct(person, document) : Facts.Delegated(person, agent, document);

        var decision = Facts.Policy.Decide(facts);

        Assert.Equal(Reason(expected, direct: agent == "-", isPublic: document == "DOC-007"), decision.Reason);
        Assert.Equal(expected == 'Y', decision.Allowed);
    }

    [Fact]
    public void Contract_names_every_combination_of_person_agent_and_document_once()
    {
        var keys = Cells().Select(cell => (cell.Data.Item1, cell.Data.Item2, cell.Data.Item3)).ToArray();

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

        Assert.Equal([null, "claude", "gpt4", "reviewer", "summarizer"], matrix.Rows.Select(row => row.Agent?.Value));
        foreach (var (row, cell) in matrix.Rows.SelectMany(row => row.Cells.Select(cell => (row, cell))))
        {
            var facts = row.Agent is { } agent ? Facts.Delegated(person, agent.Value, cell.Document.Value) : Facts.Direct(person, cell.Document.Value);
            var decision = Facts.Policy.Decide(facts);
            Assert.Equal((decision.Outcome, decision.Reason), (cell.Outcome, cell.Reason));
            Assert.Equal(decision.Missing, cell.Missing);
        }
    }

    [Fact]
    public void Matrix_shows_a_disabled_agent_as_denied()
    {
        var matrix = PolicyMatrix.Of(
            Facts.Policy, Person("alice"), [Facts.Documents["DOC-001"]], agent => agent.Id.Value == "gpt4" ? RegistryState.Disabled : RegistryState.Enabled);

        Assert.Equal(
            [("claude", ReasonCode.DelegationMatch), ("gpt4", ReasonCode.AgentDisabled)],
            matrix.Rows[1..3].Select(row => (row.Agent!.Value.Value, row.Cells[0].Reason)));
    }

    private static AccessFacts Person(string name) => new() { IsPerson = true, HasScope = true, WhatIf = true, Departments = Facts.GroupsOf(name) };

    internal static ReasonCode Reason(char expected, bool direct, bool isPublic) => (expected, direct) switch
    {
        ('Y', _) when isPublic => ReasonCode.PublicDocument,
        ('Y', true) => ReasonCode.DepartmentMatch,
        ('Y', false) => ReasonCode.DelegationMatch,
        ('d', true) => ReasonCode.DepartmentRequired,
        ('d', false) => ReasonCode.IntersectionInsufficient,
        _ => ReasonCode.AgentClearanceInsufficient,
    };
}
