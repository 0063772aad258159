using TraceDemo.Tests.Framework.Documents;
using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>The contract's matrix and what surrounds it, through gateway, services and provider.</summary>
public abstract class AccessScenarios(SystemUnderTest system)
{
    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    [InlineData("carol")]
    [InlineData("david")]
    public async Task Every_cell_of_the_matrix_matches_the_contract(string person)
    {
        var token = await system.SignInAsync(person);
        var cells = ContractMatrix.Cells().Select(cell => cell.Data).Where(cell => cell.Item1 == person).ToList();
        Assert.Equal(5 * 7, cells.Count);
        foreach (var (_, agent, document, expected) in cells)
        {
            var answer = agent == "-" ? await system.ReadAsync(token, document) : await system.DelegateAsync(token, agent, document);
            var reason = ContractMatrix.Reason(expected, direct: agent == "-", isPublic: document == "DOC-007").Value;
            if (expected == 'Y')
            {
                answer.IsGranted(reason);
            }
            else
            {
                answer.IsRefused(403, reason);
            }
        }
    }

    [Fact]
    public async Task A_grant_carries_document_decision_and_trace()
    {
        var answer = (await system.DelegateAsync(await system.SignInAsync("alice"), "gpt4", "DOC-005")).IsGranted("delegation_match");

        var body = answer.Body;
        Assert.Equal("DOC-005", body.GetProperty("document").GetProperty("id").GetString());
        Assert.NotEmpty(body.GetProperty("document").GetProperty("content").GetString()!);
        Assert.Equal(answer.TraceId, body.GetProperty("traceId").GetString());
        Assert.Equal("delegated", body.GetProperty("decision").GetProperty("callerType").GetString());
    }

    [Fact]
    public async Task A_denial_names_the_missing_element_and_no_content_of_the_document()
    {
        var answer = (await system.DelegateAsync(await system.SignInAsync("alice"), "summarizer", "DOC-001")).IsRefused(
            403, "intersection_insufficient");

        Assert.Equal(
            ["engineering"], answer.Body.GetProperty("decision").GetProperty("missing").EnumerateArray().Select(item => item.GetString()));
        Assert.False(answer.Body.TryGetProperty("document", out _));
    }

    [Theory]
    [InlineData("summarizer", "DOC-002", "summarize")]
    [InlineData("reviewer", "DOC-002", "review")]
    public async Task The_included_agents_work_end_to_end(string agent, string document, string action)
    {
        var answer = (await system.DelegateAsync(await system.SignInAsync("alice"), agent, document, action)).IsGranted("delegation_match");

        Assert.True(answer.Body.GetProperty("output").GetRawText().Length > 50, answer.Text);
    }

    [Theory]
    [InlineData("gpt4", "DOC-999", 404, "document_not_found")]
    [InlineData("nobody", "DOC-001", 404, "agent_not_found")]
    [InlineData("NOT AN ID", "DOC-001", 400, "request_invalid")]
    [InlineData("gpt4", "../etc/passwd", 400, "request_invalid")]
    public async Task Unknown_or_malformed_input_is_reported_through_every_hop(string agent, string document, int status, string reason) =>
        (await system.DelegateAsync(await system.SignInAsync("alice"), agent, document)).IsRefused(status, reason);

    [Fact]
    public async Task An_unknown_document_is_not_found_in_direct_access() =>
        (await system.ReadAsync(await system.SignInAsync("alice"), "DOC-999")).IsRefused(404, "document_not_found");

    [Fact]
    public async Task A_disabled_agent_is_refused_until_it_is_enabled_again()
    {
        var (bob, alice) = (await system.SignInAsync("bob"), await system.SignInAsync("alice"));
        await SetEnabledAsync(bob, "claude", enabled: false);
        try
        {
            await UntilAsync(async () => (await system.DelegateAsync(alice, "claude", "DOC-001")).Reason == "agent_disabled");
            (await system.DelegateAsync(alice, "gpt4", "DOC-001")).IsGranted("delegation_match");
        }
        finally
        {
            await SetEnabledAsync(bob, "claude", enabled: true);
        }

        await UntilAsync(async () => (await system.DelegateAsync(alice, "claude", "DOC-001")).Status == 200);
    }

    [Fact]
    public async Task Only_an_administrator_disables_agents() =>
        (await system.AskAsync(HttpMethod.Put, new Uri(system.Gateway, "/api/agents/gpt4/state"), await system.SignInAsync("alice"),
            new { enabled = false }))
            .IsRefused(403, "admin_required");

    [Fact]
    public async Task A_hundred_interleaved_delegations_never_swap_who_acts()
    {
        string[] agents = ["gpt4", "claude", "reviewer", "summarizer"];
        var tokens = new Dictionary<string, string>
        {
            ["alice"] = await system.SignInAsync("alice"),
            ["bob"] = await system.SignInAsync("bob"),
        };
        var calls = Enumerable.Range(0, 100).Select(async i =>
        {
            var (person, agent) = (i % 2 == 0 ? "alice" : "bob", agents[i / 2 % 4]);
            return (Person: person, Agent: agent, Answer: await system.DelegateAsync(tokens[person], agent, "DOC-002"));
        });

        foreach (var (person, agent, answer) in await Task.WhenAll(calls))
        {
            answer.IsGranted("delegation_match");
            var spans = await system.Telemetry.Wait(
                collected =>
                    collected.Spans.Where(span => span.TraceId == answer.TraceId && span.Name == "token_exchange")
                        .ToList() is { Count: 3 } three ? three : null,
                TestContext.Current.CancellationToken);
            Assert.Contains(spans, span => span.Attributes["token.azp.after"] == $"agent-{agent}");
            Assert.All(spans, span => Assert.Equal(person, span.Attributes["token.subject"]));
            Assert.Equal(agent, answer.Body.GetProperty("decision").GetProperty("agent").GetString());
        }
    }

    private async Task SetEnabledAsync(string token, string agent, bool enabled)
    {
        var answer = await system.AskAsync(HttpMethod.Put, new Uri(system.Gateway, $"/api/agents/{agent}/state"), token, new { enabled });
        Assert.True(answer.Status is 200 or 204, answer.Text);
    }

    /// <summary>The registry is read once a second, so a change shows within that;
    /// each attempt is a request, and there are not many.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
