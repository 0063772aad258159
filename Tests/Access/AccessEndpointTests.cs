using System.Text.Json;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.Access;

public sealed class AccessEndpointTests(DocumentServiceUnderTest service) : IClassFixture<DocumentServiceUnderTest>
{
    /// <summary>Of an answer to a caller who is refused whatever the document: nothing in it comes from one.</summary>
    private static readonly string[] RefusalMembers = ["type", "title", "status", "detail", "reason", "traceId", "granted"];

    private static readonly object Doc005 = new { documentId = "DOC-005" };

    [Theory]
    [MemberData(nameof(ContractMatrix.Cells), MemberType = typeof(ContractMatrix))]
    public async Task Service_responds_as_the_contract_states(string person, string agent, string document, char expected)
    {
        var answer = agent == "-" ? await service.DirectAsync(person, document) : await service.DelegatedAsync(person, agent, document);

        Assert.Equal(expected == 'Y' ? 200 : 403, answer.Status);
        Assert.Equal(ContractMatrix.Reason(expected, agent == "-", document == "DOC-007").Value, answer.Reason);
        Assert.Equal(expected == 'Y', answer.Body.GetProperty("granted").GetBoolean());
        Assert.Equal(expected == 'Y', answer.Body.TryGetProperty("document", out _));
        Assert.Equal(
            expected == 'Y', answer.Text.Contains(Facts.Documents[document].Content[..40].Trim().Split('\n')[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Granted_response_has_exactly_the_members_of_the_contract()
    {
        var answer = await service.DelegatedAsync("alice", "gpt4", "DOC-005");

        Assert.Equal(["granted", "reason", "document", "decision", "traceId"], answer.Members());
        Assert.Equal(["id", "title", "sensitivity", "owner", "content"],
            answer.Body.GetProperty("document").EnumerateObject().Select(member => member.Name));
        Assert.Equal(answer.TraceId, answer.Body.GetProperty("traceId").GetString());
        Assert.Equal(["engineering", "finance"], Answer.Words(answer.Decision.GetProperty("effective")));
        Assert.Equal(("allow", "delegated", "all"), (Text(answer, "decision"), Text(answer, "callerType"), Text(answer, "match")));
    }

    [Fact]
    public async Task Denial_is_a_problem_that_names_the_missing_elements_and_includes_the_decision()
    {
        var answer = await service.DelegatedAsync("alice", "summarizer", "DOC-001");

        Assert.Contains("Missing: engineering.", answer.Body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Equal(["engineering"], Answer.Words(answer.Decision.GetProperty("missing")));
        Assert.Equal(8, answer.Decision.GetProperty("rules").GetArrayLength());
        Assert.Equal(("deny", "departments", "summarizer"), (Text(answer, "decision"), Text(answer, "rule"), Text(answer, "agent")));
        Assert.Equal(Facts.Data.Version, Text(answer, "policyVersion"));
    }

    [Fact]
    public async Task Audit_records_the_same_decision()
    {
        var answer = await service.DelegatedAsync("carol", "gpt4", "DOC-004", "review");

        var entry = service.Audit.Single(entry => entry.TraceId == answer.TraceId);
        Assert.Equal(("carol-id", "carol", "agent-gpt4", "DOC-004", "document.review"),
            (entry.Person, entry.UserName, entry.Client, entry.Target, entry.Action));
        Assert.Equal((AuditOutcome.Deny, "intersection_insufficient", service.Time.GetUtcNow()),
            (entry.Outcome, entry.Reason?.Value, entry.Time));
        Assert.True(JsonElement.DeepEquals(answer.Decision, JsonSerializer.SerializeToElement(entry.Decision, JsonSerializerOptions.Web)));
    }

    [Theory]
    [InlineData("DOC-007")]
    [InlineData("DOC-001")]
    [InlineData("DOC-999")]
    public async Task Agent_without_a_person_gets_only_the_reason_whether_or_not_the_document_exists(string document)
    {
        var answer = await service.SendAsync(HttpMethod.Post, "/access", Tokens.Alone("gpt4"), new { documentId = document });

        Assert.Equal((403, "delegation_required"), (answer.Status, answer.Reason));
        Assert.Equal(RefusalMembers, answer.Members());
        Assert.Equal("identity", service.Recorded(answer).Rule);
    }

    [Theory]
    [InlineData("DOC-007")]
    [InlineData("DOC-999")]
    public async Task Token_without_the_scope_gets_only_the_reason_and_a_challenge(string document)
    {
        foreach (var token in new[] { Tokens.Direct("alice"), Tokens.Delegated("alice", "gpt4") })
        {
            var answer = await service.SendAsync(
                HttpMethod.Post, "/access", token with { Scope = "openid documents:write" }, new { documentId = document });

            Assert.Equal((403, "insufficient_scope"), (answer.Status, answer.Reason));
            Assert.False(answer.Body.TryGetProperty("decision", out _));
            Assert.Equal("Bearer error=\"insufficient_scope\"", answer.Headers.WwwAuthenticate.Single().ToString());
        }
    }

    [Theory]
    [InlineData("DOC-003")]
    [InlineData("DOC-006")]
    [InlineData("DOC-007")]
    public async Task Refusals_for_a_document_that_exists_and_one_that_does_not_differ_in_the_trace_id_only(string document)
    {
        var granted = service.Grant(Tokens.Delegated("alice", "gpt4"), "DOC-005", "gpt4");
        (TestToken Token, string? Grant, string Reason)[] callers =
        [
            (Tokens.Alone("gpt4"), null, "delegation_required"),
            (Tokens.Delegated("alice", "gpt4") with { Scope = "openid" }, granted, "insufficient_scope"),
            (Tokens.Direct("alice") with { Scope = "openid" }, null, "insufficient_scope"),
            (Tokens.Delegated("alice", "gpt4") with { Client = "agent-removed" }, granted, "agent_unknown"),
            (Tokens.Delegated("alice", "gpt4") with { Groups = ["/choir"] }, granted, "agent_not_allowed"),
            (Tokens.Delegated("alice", "gpt4"), null, "delegation_not_granted"),
            (Tokens.Delegated("alice", "gpt4"), granted, "delegation_not_granted"),
        ];
        foreach (var (token, grant, reason) in callers)
        {
            var real = await AskAsync(token, document, grant);
            var made = await AskAsync(token, "DOC-606", grant);

            Assert.Equal((403, reason), (real.Status, real.Reason));
            Assert.Equal(RefusalMembers, real.Members());
            Assert.Equal(real.Text.Replace(real.TraceId, ""), made.Text.Replace(made.TraceId, ""));
            Assert.Equal(Headers(real), Headers(made));
            Assert.NotEqual("", service.Recorded(real).Required);
            Assert.Equal("", service.Recorded(made).Required);
        }
    }

    [Fact]
    public async Task Unknown_document_is_not_found_and_audited()
    {
        var answer = await service.DirectAsync("alice", "DOC-999");

        Assert.Equal((404, "document_not_found"), (answer.Status, answer.Reason));
        Assert.Equal(("document.read", AuditOutcome.Deny, "document_not_found"), service.Outcome(answer));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("agent-service")]
    [InlineData("agent-removed")]
    [InlineData("document-service")]
    [InlineData("USER-SERVICE")]
    public async Task Client_that_is_neither_user_service_nor_a_known_agent_is_an_unknown_agent(string client)
    {
        var answer = await service.SendAsync(HttpMethod.Post, "/access", Tokens.Direct("alice") with { Client = client }, Doc005);

        Assert.Equal((403, "agent_unknown"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task Grant_must_name_this_person_session_agent_document_and_action()
    {
        var token = Tokens.Delegated("alice", "gpt4");
        string[] grants =
        [
            service.Grant(token with { Subject = "bob-id" }, "DOC-005", "gpt4"),
            service.Grant(token with { SessionId = "alice-earlier" }, "DOC-005", "gpt4"),
            service.Grant(token, "DOC-005", "claude"),
            service.Grant(token with { Client = "agent-claude" }, "DOC-005", "gpt4"),
            service.Grant(token, "DOC-001", "gpt4"),
            service.Grant(token, "DOC-005", "gpt4", "summarize"),
            service.Grant(token, "DOC-005", "gpt4") + "x",
            "made-up",
        ];

        foreach (var grant in grants)
        {
            var answer = await service.SendAsync(HttpMethod.Post, "/access", token, Doc005, (TransactionToken.Header, grant));
            Assert.Equal((403, "delegation_not_granted"), (answer.Status, answer.Reason));
            Assert.Equal(RefusalMembers, answer.Members());
            Assert.Equal(("grant", "engineering finance"), service.Recorded(answer));
        }
    }

    [Fact]
    public async Task Missing_or_repeated_grant_is_refused()
    {
        var token = Tokens.Delegated("alice", "gpt4");
        var grant = service.Grant(token, "DOC-005", "gpt4");

        var missing = await service.SendAsync(HttpMethod.Post, "/access", token, Doc005);
        var twice = await service.SendAsync(
            HttpMethod.Post, "/access", token, Doc005, (TransactionToken.Header, grant), (TransactionToken.Header, grant));

        Assert.Equal("delegation_not_granted", missing.Reason);
        Assert.Equal("delegation_not_granted", twice.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{0}, {0}")]
    [InlineData("{0},")]
    [InlineData(",{0}")]
    public async Task Grant_in_a_list_or_an_empty_header_counts_as_missing(string header)
    {
        var token = Tokens.Delegated("alice", "gpt4");
        var grant = service.Grant(token, "DOC-005", "gpt4");

        var answer = await service.SendAsync(HttpMethod.Post, "/access", token, Doc005,
            (TransactionToken.Header, header.Replace("{0}", grant, StringComparison.Ordinal)));

        Assert.Equal("delegation_not_granted", answer.Reason);
        Assert.StartsWith("The transaction token is missing.", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_of_another_person_does_not_allow_direct_access_and_is_not_a_bearer_token()
    {
        var token = Tokens.Delegated("alice", "gpt4");
        var grant = service.Grant(token, "DOC-001", "gpt4");

        var direct = await service.SendAsync(
            HttpMethod.Post, "/access", Tokens.Direct("bob"), new { documentId = "DOC-001" }, (TransactionToken.Header, grant));
        var bearer = await service.SendAsync(
            HttpMethod.Post, "/access", null, new { documentId = "DOC-001" }, ("Authorization", $"Bearer {grant}"));

        Assert.Equal("department_required", direct.Reason);
        Assert.Equal((401, "token_invalid"), (bearer.Status, bearer.Reason));
    }

    [Fact]
    public async Task Identity_comes_from_the_token_only()
    {
        var answer = await service.SendAsync(
            HttpMethod.Post,
            "/access?agentId=claude&user=bob&departments=admin",
            Tokens.Direct("alice"),
            new { documentId = "DOC-003", agentId = "claude", user = "bob", departments = new[] { "admin" }, groups = new[] { "/admin" } },
            ("X-User-Subject", "bob-id"), ("X-User-Groups", "admin"), ("X-Agent-Id", "claude"), ("X-Delegation-User", "bob"));

        Assert.Equal("department_required", answer.Reason);
        Assert.Equal(["engineering", "finance"], Answer.Words(answer.Decision.GetProperty("departments")));
    }

    [Fact]
    public async Task Subgroup_named_admin_is_not_admin()
    {
        var answer = await service.SendAsync(
            HttpMethod.Post, "/access", Tokens.Direct("carol") with { Groups = ["/hr/admin", "/hr"] }, new { documentId = "DOC-003" });

        Assert.Equal(("department_required", "hr"), (answer.Reason, Answer.Words(answer.Decision.GetProperty("departments")).Single()));
    }

    [Fact]
    public async Task Token_for_another_service_or_for_several_is_refused()
    {
        object[] audiences = ["user-service", new[] { "document-service", "agent-service" }];
        foreach (var audience in audiences)
        {
            var answer = await service.SendAsync(HttpMethod.Post, "/access", Tokens.Direct("alice") with { Audience = audience }, Doc005);
            Assert.Equal((401, "audience_invalid"), (answer.Status, answer.Reason));
        }
    }

    [Theory]
    [InlineData("{}", "documentId")]
    [InlineData("""{"documentId":null}""", "documentId")]
    [InlineData("""{"documentId":"../../etc/passwd"}""", "documentId")]
    [InlineData("""{"documentId":7}""", "documentId")]
    [InlineData("""{"documentId":"DOC-001","action":"write"}""", "action")]
    [InlineData("""{"documentId":"DOC-001","action":"delete"}""", "action")]
    [InlineData("""{"documentId":"DOC-001","action":"create"}""", "action")]
    [InlineData("""{"documentId":"DOC-001","action":"own"}""", "action")]
    [InlineData("""{"documentId":"DOC-001","action":1}""", "action")]
    public async Task Invalid_body_is_refused_naming_the_invalid_member(string body, string member)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await service.SendAsync(HttpMethod.Post, "/access", Tokens.Direct("alice"), content);

        Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
        Assert.Equal([member], Answer.Words(answer.Body.GetProperty("members")));
    }

    private Task<Answer> AskAsync(TestToken token, string document, string? grant) => service.SendAsync(
        HttpMethod.Post, "/access", token, new { documentId = document }, grant is null ? [] : [(TransactionToken.Header, grant)]);

    private static IEnumerable<string> Headers(Answer answer) =>
        answer.Headers.Where(header => header.Key is not ("Trace-Id" or "Date")).Select(header => header.ToString());

    private static string? Text(Answer answer, string member) => answer.Decision.GetProperty(member).GetString();
}
