using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Topology;

public sealed class AgentRosterTests
{
    private const string Valid = """{ "clientId": "agent-a" }""";

    [Fact]
    public void An_agent_is_named_by_its_file()
    {
        using var copy = new WorkingCopy(("b", """{ "clientId": "agent-b" }"""), ("a", Valid));
        Assert.Equal([new AgentIdentity("a", "agent-a"), new AgentIdentity("b", "agent-b")], AgentRoster.Load(copy.Root).Agents);
    }

    [Theory]
    [InlineData("Upper", Valid, "agents/Upper.json: a file is named after its agent")]
    [InlineData("a b", Valid, "agents/a b.json: a file is named after its agent")]
    [InlineData("a", "", "agents/a.json is not JSON (line 1)")]
    [InlineData("a", "{\n}}", "agents/a.json is not JSON (line 2)")]
    [InlineData("a", "[]", "agents/a.json: 'clientId' must name")]
    [InlineData("a", "{}", "agents/a.json: 'clientId' must name")]
    [InlineData("a", """{ "clientId": 7 }""", "agents/a.json: 'clientId' must name")]
    [InlineData("a", """{ "clientId": "agent a\"}" }""", "agents/a.json: 'clientId' must name")]
    public void A_fault_is_one_sentence_that_names_the_file(string id, string json, string sentence)
    {
        using var copy = new WorkingCopy((id, json));
        Assert.StartsWith(sentence, Assert.Throws<InvalidDataException>(() => AgentRoster.Load(copy.Root)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_agents_cannot_share_a_client()
    {
        using var copy = new WorkingCopy(("a", Valid), ("b", Valid));
        Assert.Equal("The agents a and b share the client 'agent-a'; each needs its own.",
            Assert.Throws<InvalidDataException>(() => AgentRoster.Load(copy.Root)).Message);
    }
}
