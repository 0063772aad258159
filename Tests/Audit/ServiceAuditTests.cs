using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Tests.Audit;

/// <summary>What each service has on record, each by real requests.</summary>
public sealed class ServiceAuditTests
{
    [Theory]
    [InlineData("claude", 403, "agent_disabled")]
    [InlineData("oracle", 404, "agent_not_found")]
    public async Task Delegation_refused_by_user_service_is_audited(string agent, int status, string reason)
    {
        await using var host = await UserServiceHost.StartAsync();

        var answer = await host.SendAsync(
            HttpMethod.Post, "/delegate", UserServiceHost.Alice, new { agentId = agent, documentId = "DOC-005" });

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Equal(("delegation", $"{agent} DOC-005", AuditOutcome.Deny, reason, "alice-id"), Only(host.Service.Services));
    }

    [Fact]
    public async Task Refusals_behind_user_service_are_audited_there_and_grants_are_not()
    {
        await using var host = await UserServiceHost.StartAsync();

        Assert.Equal(200, (await host.SendAsync(HttpMethod.Post, "/access", UserServiceHost.Alice, new { documentId = "DOC-001" })).Status);
        Assert.Empty(Trail(host.Service.Services).Latest);

        host.Answer = RecordingPeer.Says(403, """{"granted":false,"reason":"department_required","detail":"No.","status":403}""");
        await host.SendAsync(HttpMethod.Post, "/access", UserServiceHost.Alice, new { documentId = "DOC-001" });
        Assert.Equal(("direct_access", "DOC-001", AuditOutcome.Deny, "department_required", "alice-id"), Only(host.Service.Services));
    }

    [Fact]
    public async Task Request_refused_before_the_endpoint_is_audited_if_its_caller_is_known()
    {
        await using var host = await UserServiceHost.StartAsync();

        Assert.Equal(401, (await host.SendAsync(HttpMethod.Post, "/access", token: null, new { documentId = "DOC-001" })).Status);
        Assert.Empty(Trail(host.Service.Services).Latest);

        Assert.Equal("caller_not_accepted",
            (await host.SendAsync(HttpMethod.Post, "/access", UserServiceHost.Alice with { Client = "agent-gpt4" },
                new { documentId = "DOC-001" })).Reason);
        Assert.Equal(("request", "POST /access", AuditOutcome.Deny, "caller_not_accepted", "alice-id"), Only(host.Service.Services));
    }

    [Fact]
    public async Task Enabling_and_disabling_an_agent_is_audited_whatever_the_outcome()
    {
        await using var host = await AgentServiceHost.StartAsync();

        foreach (var (agent, enabled, token)
            in new[] { ("gpt4", false, AgentServiceHost.Administrator), ("gpt4", true, AgentServiceHost.Administrator),
                ("oracle", false, AgentServiceHost.Administrator),
                ("gpt4", false, AgentServiceHost.Administrator with { Groups = ["/hr"] }) })
        {
            await host.SendAsync(HttpMethod.Put, $"/agents/{agent}/state", token, new { enabled });
        }

        Assert.Equal(
            [("agent.disable", "gpt4", AuditOutcome.Allow, null), ("agent.enable", "gpt4", AuditOutcome.Allow, null),
                ("agent.disable", "oracle", AuditOutcome.Deny, "agent_not_found"),
                ("request", "PUT /agents/gpt4/state", AuditOutcome.Deny, "admin_required")],
            Trail(host.Service.Services).Latest.Reverse()
                .Select(entry => (entry.Action, entry.Target!, entry.Outcome, entry.Reason?.Value)));
    }

    [Theory]
    [InlineData("PUT", "/agents/gpt4/state", "{}", "application/json", "request_invalid")]
    [InlineData("PUT", "/agents/gpt4/state", "{", "application/json", "request_invalid")]
    [InlineData("PUT", "/agents/gpt4/state", "on", "text/plain", "unsupported_media_type")]
    [InlineData("POST", "/agents/gpt4/access", "{}", "application/json", "request_invalid")]
    [InlineData("POST", "/agents/gpt4/access", "{", "application/json", "request_invalid")]
    public async Task Unreadable_request_to_agent_service_is_audited(
        string method, string path, string body, string mediaType, string reason)
    {
        await using var host = await AgentServiceHost.StartAsync();
        using var content = new StringContent(body, null, mediaType);

        Assert.Equal(reason,
            (await host.SendAsync(new HttpMethod(method), path,
                method == "PUT" ? AgentServiceHost.Administrator : AgentServiceHost.Delegation(), content)).Reason);

        Assert.Equal(("request", $"{method} {path}", AuditOutcome.Deny, reason, "alice-id"), Only(host.Service.Services));
    }

    [Theory]
    [InlineData("/access", "{}", "request_invalid")]
    [InlineData("/access", "{", "request_invalid")]
    [InlineData("/delegate", """{"documentId":"DOC-005"}""", "request_invalid")]
    [InlineData("/delegate", """{"agentId":7}""", "request_invalid")]
    public async Task Unreadable_request_to_user_service_is_audited(string path, string body, string reason)
    {
        await using var host = await UserServiceHost.StartAsync();

        Assert.Equal(reason, (await host.SendAsync(HttpMethod.Post, path, UserServiceHost.Alice, body)).Reason);

        Assert.Equal(("request", $"POST {path}", AuditOutcome.Deny, reason, "alice-id"), Only(host.Service.Services));
    }

    [Fact]
    public async Task State_change_is_audited_even_if_the_registry_is_unavailable()
    {
        await using var host = await AgentServiceHost.StartAsync(before: builder =>
        {
            builder.Configuration["ConnectionStrings:redis"] = $"127.0.0.1:{FreePorts.NextPort()},user=agent-service,password=none";
            builder.Configuration["Redis:Key"] = RedisServer.NewKey();
        });

        Assert.Equal("registry_unavailable",
            (await host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false })).Reason);

        Assert.Equal(("request", "PUT /agents/gpt4/state", AuditOutcome.Deny, "registry_unavailable", "alice-id"),
            Only(host.Service.Services));
    }

    [Fact]
    public async Task Refused_agent_invocation_is_audited_at_agent_service()
    {
        await using var host = await AgentServiceHost.StartAsync();
        await host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false });

        Assert.Equal("agent_disabled", (await host.AccessAsync("gpt4", new { documentId = "DOC-005" })).Reason);

        var entry = Trail(host.Service.Services).Latest[0];
        Assert.Equal(("agent.access", "gpt4 DOC-005", AuditOutcome.Deny, "agent_disabled"),
            (entry.Action, entry.Target, entry.Outcome, entry.Reason?.Value));
    }

    [Fact]
    public async Task Signing_in_and_out_at_the_Dashboard_is_audited_with_the_person()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        await alice.SubmitAsync("/signout");
        using var bob = dashboard.Visit();
        await bob.SignInAsync("bob");
        await bob.SignOutAtProviderAsync(dashboard.Identity.Authority);

        var entries = Trail(dashboard.Services).Latest.Reverse().ToList();
        Assert.All(entries, entry => Assert.Equal((AuditOutcome.Allow, "dashboard"), (entry.Outcome, entry.Client)));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Person!));
        Assert.Equal(
            ["session.sign_in alice", "session.sign_out alice", "session.sign_in bob", "session.ended bob"],
            entries.Select(entry => $"{entry.Action} {entry.UserName}"));
        Assert.Equal(2, entries.Select(entry => entry.Person).Distinct().Count());
    }

    [Fact]
    public async Task Each_service_writes_its_own_file_and_reports_in_its_health_that_it_can()
    {
        using var folder = new AuditFolder();
        await using (var host = await AgentServiceHost.StartAsync(before: builder => builder.Configuration["Audit:File"] = folder.File))
        {
            await host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false });
            Assert.Equal(
                "healthy", (await host.Service.GetAsync("/health", null)).Body.GetProperty("checks").GetProperty("audit").GetString());
        }

        Assert.Contains("\"agent.disable\"",
            Assert.Single(await File.ReadAllLinesAsync(folder.File, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    private static AuditTrail Trail(IServiceProvider services) => services.GetRequiredService<AuditTrail>();

    private static (string Action, string? Target, AuditOutcome Outcome, string? Reason, string? Person) Only(IServiceProvider services)
    {
        var entry = Assert.Single(Trail(services).Latest);
        return (entry.Action, entry.Target, entry.Outcome, entry.Reason?.Value, entry.Person);
    }
}
