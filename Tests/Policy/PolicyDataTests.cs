using Microsoft.Extensions.DependencyInjection;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Identity;

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
    public void Agent_whose_policy_names_no_groups_cannot_be_used()
    {
        var data = Parse(Agent.Replace(""", "allowedGroups": ["hr"]""", ""));

        Assert.Empty(data.Agents.Single().AllowedGroups);
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        using var copy = new WorkingCopy(
            ("Bad Id",
                """{ "clientId": "agent-x", "capabilities": ["sales"], "clearance": "HIGH", "allowedGroups": ["nobody"],"""
                + """ "capabilites": [] }"""),
            ("twin", """{ "clientId": "agent-x", "capabilities": [], "clearance": "low" }"""),
            ("direct", """{ "clientId": "user-service", "clearance": "3" }"""),
            ("nameless", """{ "clientId": " ", "capabilities": [], "clearance": "low" }"""),
            ("nothing", "null"));
        copy.SetDepartments("""["hr", "Public Relations", "public"]""");
        var error = Assert.Throws<InvalidDataException>(() => Load(copy));

        string[] expected =
        [
            "'Public Relations' is no department name", "'public' is no department name",
            "Bad Id.json: a file is named", "Bad Id.json: capabilities: 'sales' is not in realms/departments.json",
            "Bad Id.json: clearance: 'HIGH'", "Bad Id.json: allowedGroups: 'nobody'",
            "Bad Id.json: capabilites: no such member", "twin.json: clientId: 'agent-x' belongs to another agent",
            "direct.json: clientId: 'user-service'",
            "direct.json: clearance: '3'", "direct.json: capabilities: missing", "nameless.json: clientId: missing",
            "nothing.json: must be an object",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(expected.Length, error.Message.Split("; ").Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "clearance": 5 }""")]
    [InlineData("""{ "ClientId": "c", "capabilities": [], "clearance": "low" }""")]
    [InlineData("""{ "clientId": "c", "clientId": "d", "capabilities": [], "clearance": "low" }""")]
    public void An_agent_s_file_without_valid_limits_prevents_startup(string agent)
    {
        using var copy = new WorkingCopy(("a", agent));
        Assert.Contains("a.json", Assert.Throws<InvalidDataException>(() => Load(copy)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    public void A_file_without_departments_prevents_startup(string departments)
    {
        using var copy = new WorkingCopy(("a", Agent.Replace("\"hr\"", "", StringComparison.Ordinal)));
        copy.SetDepartments(departments);
        Assert.Contains("departments", Assert.Throws<InvalidDataException>(() => Load(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_agent_the_service_does_not_start()
    {
        using var copy = new WorkingCopy();
        Assert.Contains("Policy__Agents", Assert.Throws<InvalidDataException>(() => Load(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_data_of_an_agent_affects_neither_decisions_nor_the_version()
    {
        var described = Parse(Agent[..^1] + """, "name": 7, "description": null, "kind": [], "enabled": "no" }""");
        Assert.Equal(Parse(Agent).Version, described.Version);
    }

    [Fact]
    public async Task Service_with_invalid_policy_data_does_not_start()
    {
        using var copy = new WorkingCopy(("a", Agent.Replace("high", "highest")));
        await using var provider = await TestProvider.StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            TestService.StartAsync(provider, "document-service", _ => { }, builder =>
            {
                builder.Configuration["Policy:Agents"] = copy.Agents;
                builder.Configuration["Policy:Departments"] = copy.Departments;
                builder.AddPolicy();
                builder.AddDocuments(services => services.GetRequiredService<PolicyData>().Departments);
            }));

        Assert.Contains("a.json: clearance: 'highest'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_changes_with_the_data()
    {
        var (one, other) = (Parse(Agent), Parse(Agent.Replace("high", "low")));

        Assert.StartsWith($"{AccessPolicy.RulesVersion}+", one.Version, StringComparison.Ordinal);
        Assert.Equal(one.Version, Parse(Agent).Version);
        Assert.NotEqual(one.Version, other.Version);
    }

    private static PolicyData Parse(string agent)
    {
        using var copy = new WorkingCopy(("a", agent));
        return Load(copy);
    }

    private static PolicyData Load(WorkingCopy copy) =>
        PolicyData.Load(new PolicyOptions { Agents = copy.Agents, Departments = copy.Departments });
}
