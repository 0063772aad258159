using System.Text.Json;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;

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
    [InlineData("a", "", "agents/a.json is empty or larger than 16384 bytes.")]
    [InlineData("a", " ", "agents/a.json is not JSON (line 1)")]
    [InlineData("a", """{ "clientId": "agent-a", "clientId": "agent-b" }""", "agents/a.json contains a member twice.")]
    [InlineData("a", """{ "clientId": "\ud800" }""", "agents/a.json: 'clientId' must name")]
    [InlineData("a", """{ "clientId": "gateway" }""", "agents/a.json: the client 'gateway' is not an agent's")]
    [InlineData("a", """{ "clientId": "realm-management" }""", "agents/a.json: the client 'realm-management' is not an agent's")]
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
    public void No_client_of_the_realm_file_can_be_an_agents()
    {
        using var realm = JsonDocument.Parse(File.ReadAllText(DevelopmentRealm.Path(Repository.Root)));
        Assert.All(realm.RootElement.GetProperty("clients").EnumerateArray().Select(client => client.GetProperty("clientId").GetString()),
            client =>
            {
                using var copy = new WorkingCopy(("a", $$"""{ "clientId": "{{client}}" }"""));
                Assert.Throws<InvalidDataException>(() => AgentRoster.Load(copy.Root));
            });
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var copy = new WorkingCopy(("a", Valid));
        File.CreateSymbolicLink(Path.Combine(copy.Root, "agents", "z.json"), "nowhere");

        Assert.StartsWith("agents/z.json cannot be read", Assert.Throws<InvalidDataException>(() => AgentRoster.Load(copy.Root)).Message,
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
