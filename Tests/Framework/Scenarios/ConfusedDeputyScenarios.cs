using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>
/// Everything an attacker could do with real secrets and real tokens of the realm: tokens of another hop, agents without a person,
/// tokens for several services, and delegations that nobody granted.
/// </summary>
public abstract class ConfusedDeputyScenarios(SystemUnderTest system)
{
    private static readonly string[] Hops = ["gateway", "user-service", "agent-service", "document-service"];

    [Fact]
    public async Task A_token_of_one_hop_is_refused_at_every_other()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        foreach (var (meant, token) in Hops.Zip([tokens.T0, tokens.T1, tokens.T2, tokens.T3]))
        {
            foreach (var hop in Hops.Where(hop => hop != meant))
            {
                (await CallAsync(hop, token)).IsRefused(401, "audience_invalid");
            }
        }
    }

    [Fact]
    public async Task Without_a_token_every_service_challenges()
    {
        foreach (var hop in Hops)
        {
            Assert.Equal("Bearer", (await CallAsync(hop, null)).IsRefused(401, "token_missing").Challenge);
        }
    }

    [Fact]
    public async Task An_agent_alone_reads_nothing_not_even_what_is_public()
    {
        var own = await system.SignInAsClientAsync("agent-gpt4", "documents:read");
        (await AccessAsync(own, "DOC-007")).IsRefused(403, "delegation_required");

        // Exchanged, it has a subject and no client_id any more, and still no person behind it.
        var exchanged = await system.ExchangeAsync("agent-gpt4", own, ["document-service"], "documents:read");
        (await AccessAsync(exchanged, "DOC-007")).IsRefused(403, "delegation_required");
    }

    [Fact]
    public async Task A_response_to_an_agent_without_a_grant_does_not_reveal_which_documents_exist()
    {
        static string Shape(Answer answer) => answer.Text.Replace(answer.TraceId, "", StringComparison.Ordinal);

        foreach (var token in new[] { await system.SignInAsClientAsync("agent-gpt4", "documents:read"),
            (await ChainAsync("alice", "gpt4")).T3 })
        {
            foreach (var document in new[] { "DOC-003", "DOC-005", "DOC-007" })
            {
                var real = await AccessAsync(token, document);
                Assert.Equal(Shape(real), Shape(await AccessAsync(token, "DOC-999")));
                Assert.False(real.Body.TryGetProperty("decision", out _));
            }
        }
    }

    [Fact]
    public async Task An_agent_may_not_act_for_a_person_without_a_grant()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        (await AccessAsync(tokens.T3, "DOC-001")).IsRefused(403, "delegation_not_granted");
        Assert.DoesNotContain("content", (await AccessAsync(tokens.T3, "DOC-007")).IsRefused(403, "delegation_not_granted").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_token_carries_no_grant()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        var renewed = await system.ExchangeAsync("agent-gpt4", tokens.T3, ["document-service"], "documents:read");
        (await AccessAsync(renewed, "DOC-001")).IsRefused(403, "delegation_not_granted");
    }

    [Fact]
    public async Task A_forged_transaction_token_is_not_a_grant()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        (await AccessAsync(tokens.T3, "DOC-001", ("Txn-Token", tokens.T3))).IsRefused(403, "delegation_not_granted");
        (await AccessAsync(tokens.T3, "DOC-001", ("Txn-Token", "gibberish"))).IsRefused(403, "delegation_not_granted");
    }

    [Fact]
    public async Task A_transaction_token_from_outside_is_stripped_by_the_gateway()
    {
        var token = await system.SignInAsync("alice");
        var answer = await system.AskAsync(
            HttpMethod.Post, new Uri(system.Gateway, "/api/access-delegated"), token, new { agentId = "gpt4", documentId = "DOC-005" },
            ("Txn-Token", "gibberish"));
        answer.IsGranted("delegation_match");
    }

    [Fact]
    public async Task A_token_for_agent_and_document_service_at_once_is_refused_by_both()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        var both = await system.ExchangeAsync(
            "user-service", tokens.T1, ["agent-service", "agent-gpt4", "document-service"], "agents:invoke documents:read");
        (await CallAsync("agent-service", both)).IsRefused(401, "audience_invalid");
        (await AccessAsync(both, "DOC-001")).IsRefused(401, "audience_invalid");
    }

    [Fact]
    public async Task A_token_for_one_agent_does_not_open_another()
    {
        var tokens = await ChainAsync("alice", "gpt4");
        (await InvokeAsync("claude", tokens.T2)).IsRefused(401, "audience_invalid");
    }

    [Fact]
    public async Task A_client_without_agent_policy_data_is_an_unknown_agent_and_has_no_direct_access()
    {
        var t0 = await system.SignInAsync("alice");
        var gatewaysOwn = await system.ExchangeAsync("gateway", t0, ["document-service"], "documents:read");
        (await AccessAsync(gatewaysOwn, "DOC-001")).IsRefused(403, "agent_unknown");
    }

    [Fact]
    public async Task The_registry_can_be_read_by_authorized_callers_only()
    {
        var agents = new Uri(system.AgentService, "/agents");
        Assert.Equal(200,
            (await system.AskAsync(HttpMethod.Get, agents, await system.SignInAsClientAsync("document-service", "agents:read"))).Status);
        (await system.AskAsync(HttpMethod.Get, agents, await system.SignInAsClientAsync("user-service", "agents:invoke"))).IsRefused(
            401, "audience_invalid");

        // The gateway's own token has user-service among its audiences too, and there is no person behind it anyway.
        (await system.AskAsync(HttpMethod.Get, agents, await system.SignInAsClientAsync("gateway", "agents:read"))).IsRefused(
            401, "audience_invalid");
        var alice = await system.ExchangeAsync("gateway", await system.SignInAsync("alice"), ["agent-service"], "agents:write");
        (await system.AskAsync(HttpMethod.Get, agents, alice)).IsRefused(403, "insufficient_scope");
        (await system.AskAsync(HttpMethod.Put, new Uri(system.AgentService, "/agents/gpt4/state"), alice,
            new { enabled = false })).IsRefused(403, "admin_required");
    }

    [Fact]
    public async Task Headers_and_bodies_that_claim_an_identity_change_nothing()
    {
        var token = await system.SignInAsync("david");
        var answer = await system.AskAsync(
            HttpMethod.Post, new Uri(system.Gateway, "/api/access-direct"), token,
            new { documentId = "DOC-002", user = "alice", groups = new[] { "finance" }, sub = "alice" },
            ("X-User-Subject", "alice"), ("X-User-Groups", "finance"), ("X-Agent-Id", "claude"), ("X-Forwarded-Access-Token", token),
            ("baggage", "user=alice"));
        answer.IsRefused(403, "department_required");
    }

    private async Task<(string T0, string T1, string T2, string T3)> ChainAsync(string person, string agent)
    {
        var t0 = await system.SignInAsync(person);
        var t1 = await system.ExchangeAsync("gateway", t0, ["user-service"]);
        var t2 = await system.ExchangeAsync("user-service", t1, ["agent-service", $"agent-{agent}"], "agents:invoke");
        return (t0, t1, t2, await system.ExchangeAsync($"agent-{agent}", t2, ["document-service"], "documents:read"));
    }

    private Task<Answer> CallAsync(string hop, string? token) => hop switch
    {
        "gateway" => system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/api/users/me"), token),
        "user-service" => system.AskAsync(HttpMethod.Get, new Uri(system.UserService, "/users/me"), token),
        "agent-service" => InvokeAsync("gpt4", token),
        _ => AccessAsync(token, "DOC-007"),
    };

    private Task<Answer> InvokeAsync(string agent, string? token) =>
        system.AskAsync(HttpMethod.Post, new Uri(system.AgentService, $"/agents/{agent}/access"), token,
            new { documentId = "DOC-001", action = "read" });

    private Task<Answer> AccessAsync(string? token, string document, params (string, string)[] headers) =>
        system.AskAsync(HttpMethod.Post, new Uri(system.DocumentService, "/access"), token, new { documentId = document }, headers);
}
