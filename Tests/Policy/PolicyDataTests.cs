using System.Text;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Policy;

public sealed class PolicyDataTests
{
    private const string Agent = """{ "clientId": "agent-a", "capabilities": ["hr"], "clearance": "high", "allowedGroups": ["hr"] }""";

    [Theory]
    [InlineData("gpt4", "engineering finance", Sensitivity.High)]
    [InlineData("claude", "admin engineering finance hr", Sensitivity.Critical)]
    [InlineData("summarizer", "finance", Sensitivity.High)]
    [InlineData("reviewer", "admin engineering finance hr", Sensitivity.High)]
    internal void Shipped_agents_are_those_of_the_contract(string id, string capabilities, Sensitivity clearance)
    {
        var agent = Facts.Data.Find(new ClientId($"agent-{id}"))!;

        Assert.Equal((id, clearance), (agent.Id.Value, agent.Clearance));
        Assert.Equal(capabilities.Split(' '), agent.Capabilities);
        Assert.Equal(["admin", "engineering", "finance", "hr"], agent.AllowedGroups);
        Assert.Same(agent, Facts.Data.Find(agent.Id));
    }

    [Theory]
    [InlineData("gpt4")]
    [InlineData("agent-GPT4")]
    [InlineData("agent-")]
    [InlineData("user-service")]
    [InlineData("gateway")]
    public void Agent_is_found_by_its_exact_client_only(string client) => Assert.Null(Facts.Data.Find(new ClientId(client)));

    [Fact]
    public void Agent_whose_policy_names_no_groups_may_be_used_by_nobody()
    {
        var data = Parse(Agent.Replace(""", "allowedGroups": ["hr"]""", ""));

        Assert.Empty(data.Agents.Single().AllowedGroups);
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        var error = Assert.Throws<InvalidDataException>(() => PolicyData.Parse("""
            {
              "departments": ["hr", "Public Relations", "public"],
              "clearance": "high",
              "agents": {
                "Bad Id": { "clientId": "agent-x", "capabilities": ["sales"], "clearance": "HIGH", "allowedGroups": ["nobody"], "capabilites": [] },
                "twin": { "clientId": "agent-x", "capabilities": [], "clearance": "low" },
                "direct": { "clientId": "user-service", "clearance": "3" },
                "nameless": { "clientId": " ", "capabilities": [], "clearance": "low" },
                "nothing": null
              }
            }
            """u8));

        string[] expected =
        [
            "clearance: no such member", "'Public Relations' is no department name", "'public' is no department name",
            "agents.Bad Id: an id", "agents.Bad Id.capabilities: 'sales'", "agents.Bad Id.clearance: 'HIGH'", "agents.Bad Id.allowedGroups: 'nobody'",
            "agents.Bad Id.capabilites: no such member", "agents.twin.clientId: 'agent-x' belongs to another agent", "agents.direct.clientId: 'user-service'",
            "agents.direct.clearance: '3'", "agents.direct.capabilities: missing", "agents.nameless.clientId: missing", "agents.nothing.must be an object",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(expected.Length, error.Message.Split(Environment.NewLine).Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "departments": ["hr"] }""")]
    [InlineData("""{ "departments": ["hr"], "agents": {} }""")]
    [InlineData("""{ "departments": ["hr"], "agents": { "a": { "clearance": 5 } } }""")]
    [InlineData("""{ "departments": ["hr"], "Agents": { "a": { "clientId": "c", "capabilities": [], "clearance": "low" } } }""")]
    [InlineData("""{ "departments": ["hr"], "departments": ["hr"], "agents": { "a": { "clientId": "c", "capabilities": [], "clearance": "low" } } }""")]
    public void What_is_not_policy_data_stops_the_start(string json) =>
        Assert.Throws<InvalidDataException>(() => PolicyData.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Version_changes_with_the_data()
    {
        var (one, other) = (Parse(Agent), Parse(Agent.Replace("high", "low")));

        Assert.StartsWith($"{AccessPolicy.RulesVersion}+", one.Version, StringComparison.Ordinal);
        Assert.Equal(one.Version, Parse(Agent).Version);
        Assert.NotEqual(one.Version, other.Version);
    }

    private static PolicyData Parse(string agent) =>
        PolicyData.Parse(Encoding.UTF8.GetBytes($$"""{ "departments": ["hr"], "agents": { "a": {{agent}} } }"""));
}
