using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Access;

public sealed class PolicyEndpointTests(DocumentServiceUnderTest service) : IClassFixture<DocumentServiceUnderTest>
{
    [Theory]
    [MemberData(nameof(ContractMatrix.Cells), MemberType = typeof(ContractMatrix))]
    public async Task What_if_returns_the_decision_that_access_would_make(string person, string agent, string document, char expected)
    {
        var answer = await EvaluateAsync(Tokens.Gateway(person), new { agentId = agent == "-" ? null : agent, documentId = document });

        Assert.Equal(200, answer.Status);
        Assert.True(answer.Body.GetProperty("whatIf").GetBoolean());
        Assert.Equal(ContractMatrix.Reason(expected, agent == "-", document == "DOC-007").Value,
            answer.Decision.GetProperty("reason").GetString());
        Assert.Equal("notApplicable", answer.Decision.GetProperty("rules")[4].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task What_if_leaves_no_audit_entry()
    {
        var whatIf = await EvaluateAsync(Tokens.Gateway("alice"), new { agentId = "gpt4", documentId = "DOC-005" });
        var matrix = await service.SendAsync(HttpMethod.Get, "/policy/matrix", Tokens.Gateway("alice"));
        var real = await service.DirectAsync("alice", "DOC-005");

        Assert.Equal([real.TraceId],
            service.Audit.Where(entry => entry.TraceId == whatIf.TraceId || entry.TraceId == matrix.TraceId
                || entry.TraceId == real.TraceId).Select(entry => entry.TraceId));
    }

    [Fact]
    public async Task Only_administrators_may_ask_for_other_departments()
    {
        var body = new { documentId = "DOC-004", departments = new[] { "hr" } };

        var admin = await EvaluateAsync(Tokens.Gateway("bob"), body);
        var other = await EvaluateAsync(Tokens.Gateway("alice"), body);
        var none = await EvaluateAsync(Tokens.Gateway("bob"), new { documentId = "DOC-002", departments = Array.Empty<string>() });

        Assert.Equal("department_match", admin.Decision.GetProperty("reason").GetString());
        Assert.Equal(["hr"], Answer.Words(admin.Decision.GetProperty("departments")));
        Assert.Equal((403, "admin_required"), (other.Status, other.Reason));
        Assert.Equal(("policy.what_if", AuditOutcome.Deny, "admin_required"), service.Outcome(other));
        Assert.Equal("department_required", none.Decision.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Matrix_is_that_of_the_calling_person()
    {
        var answer = await service.SendAsync(HttpMethod.Get, "/policy/matrix", Tokens.Gateway("carol"));

        Assert.Equal(["hr"], Answer.Words(answer.Body.GetProperty("departments")));
        var rows = answer.Body.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal([null, .. AgentRoster.Load(Repository.Root).Agents.Select(agent => agent.Id)],
            rows.Select(row => row.GetProperty("agent").GetString()));
        Assert.Equal(
            ["deny", "deny", "deny", "allow", "deny", "deny", "allow"],
            rows[0].GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("decision").GetString()));
    }

    [Theory]
    [InlineData("?departments=hr,finance", "finance hr")]
    [InlineData("?departments=hr&departments=finance", "finance hr")]
    [InlineData("?departments=", "")]
    public async Task Matrix_for_other_departments_is_for_administrators(string query, string departments)
    {
        var admin = await service.SendAsync(HttpMethod.Get, $"/policy/matrix{query}", Tokens.Gateway("bob"));
        var other = await service.SendAsync(HttpMethod.Get, $"/policy/matrix{query}", Tokens.Gateway("carol"));

        Assert.Equal(departments, string.Join(' ', Answer.Words(admin.Body.GetProperty("departments"))));
        Assert.Equal((403, "admin_required"), (other.Status, other.Reason));
    }

    [Fact]
    public async Task Limits_of_the_agents_are_shown()
    {
        var answer = await service.SendAsync(HttpMethod.Get, "/policy/agents", Tokens.Gateway("david"));

        var summarizer = answer.Body.EnumerateArray().Single(agent => agent.GetProperty("id").GetString() == "summarizer");
        Assert.Equal(
            ("high", 4), (summarizer.GetProperty("clearance").GetString(), summarizer.GetProperty("allowedGroups").GetArrayLength()));
        Assert.Equal(["finance"], Answer.Words(summarizer.GetProperty("capabilities")));
    }

    [Fact]
    public async Task Unknown_or_malformed_input_is_named()
    {
        (object Body, int Status, string Reason)[] cases =
        [
            (new { agentId = "oracle", documentId = "DOC-001" }, 404, "agent_not_found"),
            (new { documentId = "DOC-999" }, 404, "document_not_found"),
            (new { agentId = "gpt4" }, 400, "request_invalid"),
            (new { agentId = "GPT 4", documentId = "DOC-001" }, 400, "request_invalid"),
            (new { documentId = "DOC-001", departments = new[] { new string('x', 65) } }, 400, "request_invalid"),
            (new { documentId = "DOC-001", departments = new string?[] { null } }, 400, "request_invalid"),
            (new { documentId = "DOC-001", departments = Enumerable.Repeat("hr", 65).ToArray() }, 400, "request_invalid"),
        ];
        foreach (var (body, status, reason) in cases)
        {
            var answer = await EvaluateAsync(Tokens.Gateway("bob"), body);
            Assert.Equal((status, reason), (answer.Status, answer.Reason));
        }
    }

    [Theory]
    [InlineData("POST", "/policy/evaluate")]
    [InlineData("GET", "/policy/matrix")]
    [InlineData("GET", "/policy/agents")]
    public async Task Policy_is_explained_to_people_at_the_gateway_with_the_scope(string method, string path)
    {
        (TestToken Token, string Reason)[] cases =
        [
            (Tokens.Gateway("alice", "agents:read"), "insufficient_scope"),
            (Tokens.Direct("alice"), "caller_not_accepted"),
            (Tokens.Delegated("alice", "gpt4"), "caller_not_accepted"),
            (TestToken.Service("gateway", "document-service", "documents:read"), "delegation_required"),
        ];
        foreach (var (token, reason) in cases)
        {
            var answer = await service.SendAsync(
                new HttpMethod(method), path, token, method == "POST" ? new { documentId = "DOC-001" } : null);
            Assert.Equal((403, reason), (answer.Status, answer.Reason));
            Assert.Equal(("request", AuditOutcome.Deny, reason), service.Outcome(answer));
        }
    }

    private Task<Answer> EvaluateAsync(TestToken token, object body) => service.SendAsync(HttpMethod.Post, "/policy/evaluate", token, body);
}
