using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace TraceDemo.Tests.Agents;

public sealed class DelegatedAccessTests : IAsyncLifetime
{
    private static readonly object Read = new { documentId = "DOC-005", action = "read" };
    private readonly LogLines _logs = new();
    private AgentServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AgentServiceHost.StartAsync(_logs);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("a token for agent-service alone", 401, "audience_invalid")]
    [InlineData("a token for another agent", 401, "audience_invalid")]
    [InlineData("a token for two agents", 401, "audience_invalid")]
    [InlineData("a token for document-service too", 401, "audience_invalid")]
    [InlineData("a token for the agent alone", 401, "audience_invalid")]
    [InlineData("through the gateway", 403, "caller_not_accepted")]
    [InlineData("by the agent itself", 403, "caller_not_accepted")]
    [InlineData("without a person", 403, "delegation_required")]
    [InlineData("without the scope", 403, "insufficient_scope")]
    public async Task Agents_refuse_a_caller_that_is(string whom, int status, string reason)
    {
        var token = AgentServiceHost.Delegation();
        token = whom switch
        {
            "a token for agent-service alone" => token with { Audience = "agent-service" },
            "a token for another agent" => token with { Audience = new[] { "agent-service", "agent-claude" } },
            "a token for two agents" => token with { Audience = new[] { "agent-service", "agent-gpt4", "agent-claude" } },
            "a token for document-service too" => token with { Audience = new[] { "agent-service", "document-service" } },
            "a token for the agent alone" => token with { Audience = "agent-gpt4" },
            "through the gateway" => token with { Client = "gateway" },
            "by the agent itself" => token with { Client = "agent-gpt4" },
            "without a person" => TestToken.Service("user-service", "agent-service", "agents:invoke") with { Audience = token.Audience },
            _ => token with { Scope = "profile" },
        };

        var answer = await _host.AccessAsync("gpt4", Read, token);

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Empty(_host.Provider.TokenRequests);
        Assert.Empty(_host.Documents.Received);
    }

    [Fact]
    public async Task The_document_is_requested_as_the_agent_and_the_grant_is_forwarded_unread()
    {
        var answer = await _host.AccessAsync("gpt4", Read, null, "not.a.token");

        Assert.Equal((200, "delegation_match"), (answer.Status, answer.Reason));
        Assert.Equal("DOC-005", answer.Body.GetProperty("document").GetProperty("id").GetString());
        Assert.Equal("allow", answer.Body.GetProperty("decision").GetProperty("decision").GetString());
        Assert.Matches("^[0-9a-f]{32}$", answer.Body.GetProperty("traceId").GetString());
        Assert.False(answer.Body.TryGetProperty("output", out _));

        var request = Assert.Single(_host.Documents.Received);
        Assert.Equal(("/access", """{"documentId":"DOC-005","action":"read"}""", "not.a.token"),
            (request.Path, request.Body, request.Headers["Txn-Token"]));
        Assert.Equal(("document-service", "agent-gpt4", "alice-id"),
            (Text(request.Token, "aud"), Text(request.Token, "azp"), Text(request.Token, "sub")));
    }

    [Fact]
    public async Task Two_grants_are_not_forwarded()
    {
        await _host.AccessAsync("gpt4", Read, null, "one", "two");
        Assert.DoesNotContain("Txn-Token", Assert.Single(_host.Documents.Received).Headers.Keys);
    }

    [Theory]
    [InlineData("summarizer", "summarize", "summary")]
    [InlineData("reviewer", "review", "review")]
    [InlineData("claude", "summarize", "document")]
    [InlineData("claude", "review", "review")]
    public async Task The_agent_works_on_the_document(string agent, string action, string type)
    {
        var answer = await _host.AccessAsync(agent, new { documentId = "DOC-005", action, reviewType = "security" });

        Assert.Equal(200, answer.Status);
        Assert.Equal(type, answer.Body.GetProperty("output").GetProperty("type").GetString());
        Assert.Equal(action, Text(Assert.Single(_host.Documents.Received).Json, "action"));
    }

    [Fact]
    public async Task A_review_is_serialized_readably_and_masked()
    {
        var answer = await _host.AccessAsync("reviewer", new { documentId = "DOC-005", action = "review", reviewType = "security" });

        var finding = Assert.Single(answer.Body.GetProperty("output").GetProperty("findings").EnumerateArray());
        Assert.Equal(("critical", "secret.password", 3),
            (Text(finding, "severity"), Text(finding, "rule"), finding.GetProperty("line").GetInt32()));
        Assert.EndsWith("[password]", Text(finding, "excerpt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summarizer", """{"documentId":"DOC-005","action":"review"}""", "cannot review; 'action' must be one of: read, summarize")]
    [InlineData("reviewer", """{"documentId":"DOC-005","action":"summarize"}""", "cannot summarize; 'action' must be one of: read, review")]
    [InlineData("gpt4", """{"documentId":"DOC-005","action":"delete"}""", "action")]
    [InlineData("gpt4", """{"documentId":"DOC-005","action":1}""", "action")]
    [InlineData("gpt4", """{"documentId":"DOC-005","action":"read, review"}""", "action")]
    [InlineData("gpt4", """{"documentId":"DOC-005","reviewType":"thorough"}""", "reviewType")]
    [InlineData("gpt4", """{"documentId":"../DOC-005"}""", "documentId")]
    [InlineData("gpt4", """{"action":"read"}""", "documentId")]
    [InlineData("gpt4", "[]", "")]
    public async Task An_unsupported_action_is_refused_before_any_outgoing_call(string agent, string body, string detail)
    {
        var answer = await _host.AccessAsync(agent, body);

        Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
        Assert.Contains(detail, answer.Detail, StringComparison.Ordinal);
        Assert.Empty(_host.Provider.TokenRequests);
        Assert.Empty(_host.Documents.Received);
    }

    [Fact]
    public async Task A_disabled_agent_is_refused_without_any_call()
    {
        await _host.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false });

        var answer = await _host.AccessAsync("gpt4", Read);

        Assert.Equal((403, "agent_disabled"), (answer.Status, answer.Reason));
        Assert.False(answer.Body.GetProperty("granted").GetBoolean());
        Assert.Empty(_host.Provider.TokenRequests);
    }

    [Fact]
    public async Task An_agent_without_a_client_has_no_valid_audience()
    {
        var answer = await _host.AccessAsync("oracle", Read);
        Assert.Equal((401, "audience_invalid"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task A_denial_is_returned_with_reason_detail_and_the_complete_decision()
    {
        _host.Documents.Answer = RecordingPeer.Says(403, Denial);

        var answer = await _host.AccessAsync("summarizer", Read);

        Assert.Equal((403, "intersection_insufficient", "Missing: engineering."), (answer.Status, answer.Reason, answer.Detail));
        Assert.False(answer.Body.GetProperty("granted").GetBoolean());
        Assert.Equal("engineering", answer.Body.GetProperty("decision").GetProperty("missing")[0].GetString());
        Assert.False(answer.Body.TryGetProperty("document", out _));
    }

    [Theory]
    [InlineData(404, """{"reason":"document_not_found","detail":"There is none."}""", 404, "document_not_found")]
    [InlineData(503, """{"reason":"registry_unavailable","detail":"Wait.","granted":false}""", 503, "registry_unavailable")]
    [InlineData(401, """{"reason":"token_revoked","detail":"Gone."}""", 401, "token_revoked")]
    [InlineData(401, """{"reason":"audience_invalid","detail":"A fault of ours."}""", 502, "upstream_unavailable")]
    [InlineData(403, """{"reason":"caller_not_accepted","detail":"A fault of ours."}""", 502, "upstream_unavailable")]
    [InlineData(403, """{"reason":"made_up","granted":false}""", 502, "upstream_unavailable")]
    [InlineData(403, """{"reason":"delegation_match","granted":false}""", 502, "upstream_unavailable")]
    [InlineData(200, """{"reason":"delegation_match","granted":false}""", 502, "upstream_unavailable")]
    [InlineData(200, """{"reason":"delegation_match","granted":true}""", 502, "upstream_unavailable")]
    [InlineData(200, """{"reason":"delegation_match","granted":true,"document":{"title":"x"}}""", 502, "upstream_unavailable")]
    [InlineData(200, """{"reason":"agent_unknown","granted":true,"document":{"title":"x","content":"y"}}""", 502, "upstream_unavailable")]
    [InlineData(403, """{"reason":"agent_unknown","granted":true,"document":{"title":"x","content":"y"}}""", 403, "agent_unknown")]
    [InlineData(200, "<html>", 502, "upstream_unavailable")]
    [InlineData(500, "", 502, "upstream_unavailable")]
    public async Task Other_failures_are_mapped_to_what_they_mean_to_the_person(int status, string body, int expected, string reason)
    {
        _host.Documents.Answer = RecordingPeer.Says(status, body);

        var answer = await _host.AccessAsync("gpt4", new { documentId = "DOC-005", action = "summarize" });

        Assert.Equal((expected, reason), (answer.Status, answer.Reason));
        Assert.False(answer.Body.TryGetProperty("document", out _));
    }

    [Fact]
    public async Task A_refused_exchange_names_the_providers_error_code_but_not_its_description()
    {
        _host.Provider.OnToken = (_, _) =>
            Task.FromResult(TestProvider.Refuse(400, "invalid_request", "Requested audience not available: document-service"));

        var answer = await _host.AccessAsync("gpt4", Read);

        Assert.Equal((502, "exchange_refused", "invalid_request"), (answer.Status, answer.Reason, Text(answer.Body, "error")));
        Assert.DoesNotContain("not available", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(_host.Documents.Received);
    }

    [Fact]
    public async Task A_hundred_interleaved_delegations_never_swap_the_agent()
    {
        string[] agents = ["gpt4", "claude", "summarizer", "reviewer"];
        var swapped = new ConcurrentQueue<string>();
        _host.Documents.Answer = async context =>
        {
            var azp = Text(ReceivedRequest.Claims(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]), "azp");
            if (azp != context.Request.Headers["Txn-Token"].ToString())
            {
                swapped.Enqueue(azp);
            }
            await RecordingPeer.Says(200, AgentServiceHost.Granted)(context);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            _host.AccessAsync(agents[i % 4], Read, AgentServiceHost.Delegation(agents[i % 4]) with { Subject = $"person-{i % 5}" },
                $"agent-{agents[i % 4]}")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(100, _host.Documents.Received.Count);
        Assert.Empty(swapped);
    }

    [Fact]
    public async Task The_span_records_person_agent_action_and_outcome()
    {
        using var spans = new SpanCollector();
        var granted = await _host.AccessAsync("gpt4", Read);
        _host.Documents.Answer = RecordingPeer.Says(403, Denial);
        var denied = await _host.AccessAsync("gpt4", Read);

        var first = Span(spans, granted);
        Assert.Equal("invoke_agent", first.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(("gpt4", "GPT-4"), (first.GetTagItem("gen_ai.agent.id"), first.GetTagItem("gen_ai.agent.name")));
        Assert.Equal(("gpt4", "DOC-005"), (first.GetTagItem("agent.id"), first.GetTagItem("document.id")));
        Assert.Equal((true, "delegation_match"), (first.GetTagItem("access.granted"), first.GetTagItem("access.reason")));
        Assert.NotNull(first.GetTagItem("enduser.pseudo.id"));

        var second = Span(spans, denied);
        Assert.Equal((false, "intersection_insufficient"), (second.GetTagItem("access.granted"), second.GetTagItem("access.reason")));
        Assert.Equal((ActivityStatusCode.Unset, "access.denied"), (second.Status, Assert.Single(second.Events).Name));
    }

    [Fact]
    public async Task Neither_token_nor_grant_nor_document_is_logged()
    {
        await _host.AccessAsync("reviewer", new { documentId = "DOC-005", action = "review" }, null, "the-grant-itself");

        var received = Assert.Single(_host.Documents.Received);
        var logs = string.Join('\n', _logs.Lines);
        Assert.NotEmpty(logs);
        foreach (var secret in new[] { received.Headers["Authorization"][^20..], "the-grant-itself", "hunter2", "dev-only" })
        {
            Assert.DoesNotContain(secret, logs, StringComparison.Ordinal);
        }
    }

    private const string Denial =
        """{"type":"urn:x","status":403,"detail":"Missing: engineering.","reason":"intersection_insufficient","granted":false,"""
            + """ "decision":{"decision":"deny","missing":["engineering"]}}""";

    private static Activity Span(SpanCollector spans, Answer answer)
    {
        var trace = ActivityTraceId.CreateFromString(answer.Body.GetProperty("traceId").GetString());
        return spans.Of(trace).Single(span => span.OperationName == "agent.delegated_access");
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
