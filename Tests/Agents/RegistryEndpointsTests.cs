using TraceDemo.Topology;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Agents;

public sealed class RegistryEndpointsTests : IAsyncLifetime
{
    private static readonly TestToken Reader = AgentServiceHost.Administrator with { Scope = "agents:read", Groups = ["/hr"] };
    private AgentServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AgentServiceHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string> ReaderNames => ["person", "user-service", "document-service"];

    [Theory]
    [MemberData(nameof(ReaderNames))]
    public async Task People_and_dependent_services_can_read_the_registry(string who)
    {
        var token = who == "person" ? Reader : TestToken.Service(who, "agent-service", "agents:read");

        var all = await _host.SendAsync(HttpMethod.Get, "/agents", token);
        var one = await _host.SendAsync(HttpMethod.Get, "/agents/reviewer", token);

        Assert.Equal(AgentRoster.Load(Repository.Root).Agents.Select(agent => agent.Id),
            all.Body.EnumerateArray().Select(agent => agent.GetProperty("id").GetString()));
        Assert.Equal((200, "Reviewer", "reviewer"),
            (one.Status, one.Body.GetProperty("name").GetString(), one.Body.GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("nobody", 401, "token_missing")]
    [InlineData("person without scope", 403, "insufficient_scope")]
    [InlineData("service without scope", 403, "insufficient_scope")]
    [InlineData("person through user-service", 403, "caller_not_accepted")]
    [InlineData("gateway as itself", 403, "delegation_required")]
    [InlineData("an agent", 403, "caller_not_accepted")]
    [InlineData("token for two", 401, "audience_invalid")]
    [InlineData("token for another", 401, "audience_invalid")]
    public async Task Other_callers_cannot_read_the_registry(string who, int status, string reason)
    {
        var token = who switch
        {
            "nobody" => null,
            "person without scope" => Reader with { Scope = "profile" },
            "service without scope" => TestToken.Service("user-service", "agent-service", "profile"),
            "person through user-service" => Reader with { Client = "user-service" },
            "gateway as itself" => TestToken.Service("gateway", "agent-service", "agents:read"),
            "an agent" => TestToken.Service("agent-gpt4", "agent-service", "agents:read"),
            "token for two" => Reader with { Audience = new[] { "agent-service", "agent-gpt4" } },
            _ => Reader with { Audience = "user-service" },
        };

        foreach (var path in new[] { "/agents", "/agents/gpt4" })
        {
            var answer = await _host.SendAsync(HttpMethod.Get, path, token);
            Assert.Equal((status, reason), (answer.Status, answer.Reason));
        }
    }

    [Fact]
    public async Task A_current_entity_tag_gets_not_modified_until_the_registry_changes()
    {
        var first = await _host.SendAsync(HttpMethod.Get, "/agents", Reader);
        var again = await _host.SendAsync(HttpMethod.Get, "/agents", Reader, null, ("If-None-Match", first.ETag!));
        await _host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false });
        var changed = await _host.SendAsync(HttpMethod.Get, "/agents", Reader, null, ("If-None-Match", first.ETag!));

        Assert.Equal((304, first.ETag), (again.Status, again.ETag));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(first.ETag, changed.ETag);
        Assert.False(changed.Body[1].GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task An_administrator_disables_and_enables_an_agent()
    {
        var disabled = await _host.SendAsync(
            HttpMethod.Put, "/agents/claude/state", AgentServiceHost.Administrator, new { enabled = false });
        Assert.Equal((200, false), (disabled.Status, disabled.Body.GetProperty("enabled").GetBoolean()));

        await _host.SendAsync(HttpMethod.Put, "/agents/claude/state", AgentServiceHost.Administrator, new { enabled = true });
        var now = await _host.SendAsync(HttpMethod.Get, "/agents/claude", Reader);
        Assert.True(now.Body.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("not an administrator", 403, "admin_required")]
    [InlineData("a subgroup named admin", 403, "admin_required")]
    [InlineData("read scope only", 403, "insufficient_scope")]
    [InlineData("through user-service", 403, "caller_not_accepted")]
    [InlineData("a service account in the group", 403, "delegation_required")]
    public async Task Other_callers_cannot_change_an_agent(string who, int status, string reason)
    {
        var admin = AgentServiceHost.Administrator;
        var token = who switch
        {
            "not an administrator" => admin with { Groups = ["/engineering"] },
            "a subgroup named admin" => admin with { Groups = ["/hr/admin"] },
            "read scope only" => admin with { Scope = "agents:read" },
            "through user-service" => admin with { Client = "user-service" },
            _ => TestToken.Service("gateway", "agent-service", "agents:write") with { Groups = ["/admin"] },
        };

        var answer = await _host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", token, new { enabled = false });

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.True((await _host.SendAsync(HttpMethod.Get, "/agents/gpt4", Reader)).Body.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("oracle", """{"enabled":true}""", 404, "agent_not_found")]
    [InlineData("Not-An-Id", """{"enabled":true}""", 400, "request_invalid")]
    [InlineData("gpt4", "{}", 400, "request_invalid")]
    [InlineData("gpt4", """{"enabled":"no"}""", 400, "request_invalid")]
    [InlineData("gpt4", "{", 400, "request_invalid")]
    [InlineData("gpt4", "null", 400, "request_invalid")]
    public async Task An_invalid_change_of_an_agent_is_refused(string agent, string body, int status, string reason)
    {
        var answer = await _host.SendAsync(HttpMethod.Put, $"/agents/{agent}/state", AgentServiceHost.Administrator, body);
        Assert.Equal((status, reason), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task An_unknown_agent_is_not_found()
    {
        var answer = await _host.SendAsync(HttpMethod.Get, "/agents/oracle", Reader);
        Assert.Equal((404, "agent_not_found"), (answer.Status, answer.Reason));
    }
}
