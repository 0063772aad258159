using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Tests.Framework.Telemetry;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>One trace tells the whole story: the tree of docs/telemetry.md, on success and on each kind of refusal.</summary>
public abstract class TraceScenarios(SystemUnderTest system)
{
    private static readonly HashSet<string> Providers = ["identity", "keycloak"];

    [Fact]
    public async Task A_delegated_access_is_one_tree()
    {
        var token = await system.SignInAsync("alice");
        await system.DelegateAsync(token, "gpt4", "DOC-005");

        // The second time every exchange comes from the cache, so that no span of the provider is in the way.
        await AssertTreeAsync((await system.DelegateAsync(token, "gpt4", "DOC-005")).TraceId, """
            gateway POST /api/access-delegated
              jwt_validation
              proxy.forwarder
                token_exchange
                POST
                  user-service POST /delegate
                    jwt_validation
                    user.delegate
                      transaction_token
                      token_exchange
                      POST
                        agent-service POST /agents/{id}/access
                          jwt_validation
                          agent.delegated_access
                            token_exchange
                            POST
                              document-service POST /access
                                jwt_validation
                                doc.access
                                  transaction_token
                                  permission_intersection
                                  policy_evaluation
            """);
    }

    [Fact]
    public async Task A_direct_access_is_one_tree()
    {
        var token = await system.SignInAsync("alice");
        await system.ReadAsync(token, "DOC-001");
        await AssertTreeAsync((await system.ReadAsync(token, "DOC-001")).TraceId, """
            gateway POST /api/access-direct
              jwt_validation
              proxy.forwarder
                token_exchange
                POST
                  user-service POST /access
                    jwt_validation
                    user.direct_access
                      token_exchange
                      POST
                        document-service POST /access
                          jwt_validation
                          doc.access
                            permission_intersection
                            policy_evaluation
            """);
    }

    [Fact]
    public async Task A_denial_is_not_an_error_and_its_reason_is_on_every_span_that_has_it()
    {
        var answer = await system.DelegateAsync(await system.SignInAsync("alice"), "summarizer", "DOC-001");
        var spans = await TraceAsync(
            answer.TraceId, "POST /api/access-delegated", "user.delegate", "agent.delegated_access", "doc.access",
            "permission_intersection", "policy_evaluation");

        // Nor on the client spans of those who got the answer, of which .NET makes an error.
        Assert.All(spans.Where(span => !Providers.Contains(span.Service)),
            span => Assert.Equal((0, false), (span.Status, span.Attributes.ContainsKey("error.type"))));
        foreach (var name in (string[])["user.delegate", "agent.delegated_access", "doc.access"])
        {
            var span = Assert.Single(spans, span => span.Name == name);
            Assert.Equal(("false", "intersection_insufficient"), (span.Attributes["access.granted"], span.Attributes["access.reason"]));
            Assert.Contains(span.Events, item => item.Name == "access.denied");
        }

        var intersection = Assert.Single(spans, span => span.Name == "permission_intersection");
        Assert.Equal(("engineering finance", "finance", "finance", "engineering"), (
            intersection.Attributes["user.departments"], intersection.Attributes["agent.capabilities"],
            intersection.Attributes["effective.departments"], intersection.Attributes["missing.departments"]));
    }

    [Fact]
    public async Task Polls_without_changes_create_no_spans()
    {
        // Nobody asks for anything meanwhile: whatever begins now is of a poll, whichever side of it.
        var begin = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

        // A delivery a second; services poll as often. The last one may hold what began before the one ahead of it.
        string[] services = ["gateway", "user-service", "agent-service", "document-service"];
        var before = services.ToDictionary(service => service, Deliveries, StringComparer.Ordinal);
        await system.Telemetry.Wait(collected => services.All(service => Deliveries(service) >= before[service] + 4) ? collected : null,
            TestContext.Current.CancellationToken);

        var spans = system.Telemetry.Spans.ToList();
        Assert.Contains(spans, span =>
            span is { Name: "registry_refresh", Service: "user-service", ParentId: "" } && span.Attributes["refresh.result"] == "changed");
        Assert.Contains(spans, span => span is { Name: "key_set_refresh", ParentId: "" } && span.Attributes["refresh.result"] == "changed");
        // The public description is made in nobody's trace too, once somebody has asked for it.
        var descriptions = spans.Where(span => span.Name == "GET /openapi/v1.json").Select(span => span.TraceId).ToHashSet();
        Assert.DoesNotContain(spans, span => span is { ParentId: "", Kind: 3 } && !descriptions.Contains(span.TraceId));
        Assert.DoesNotContain(
            spans, span => span.Start >= begin && span.Attributes.GetValueOrDefault("refresh.result") is not ("changed" or "failed"));
    }

    private int Deliveries(string service) => system.Telemetry.Deliveries.Count(delivery =>
        delivery.Path == "/v1/metrics" && System.Text.Encoding.Latin1.GetString(delivery.Body).Contains(service, StringComparison.Ordinal));

    [Fact]
    public async Task The_proxys_span_is_internal_and_names_its_route()
    {
        var answer = await system.ReadAsync(await system.SignInAsync("alice"), "DOC-001");
        var span = Assert.Single(await TraceAsync(answer.TraceId, "proxy.forwarder"), span => span.Name == "proxy.forwarder");

        Assert.Equal((1, 0, "access-direct"), (span.Kind, span.Status, span.Attributes["proxy.route_id"]));
    }

    [Fact]
    public async Task Every_exchange_shows_the_token_before_and_after()
    {
        var answer = await system.DelegateAsync(await system.SignInAsync("alice"), "gpt4", "DOC-005");
        var spans = (await TraceAsync(answer.TraceId, "token_exchange", "token_exchange", "token_exchange")).Where(
            span => span.Name == "token_exchange");

        Assert.Equal(
            [("gateway", "tracedemo-cli", "gateway", "user-service"),
                ("user-service", "gateway", "user-service", "agent-gpt4 agent-service"),
                ("agent-service", "user-service", "agent-gpt4", "document-service")],
            spans.OrderBy(span => Array.IndexOf(["gateway", "user-service", "agent-service"], span.Service))
                .Select(span => (span.Service, span.Attributes["token.azp.before"], span.Attributes["token.azp.after"],
                    span.Attributes["token.aud.after"])));
        Assert.All(spans, span => Assert.NotEqual(span.Attributes["token.id.before"], span.Attributes["token.id.after"]));
    }

    [Fact]
    public async Task A_refused_token_is_an_error_of_its_validation_only()
    {
        var token = await system.SignInAsync("alice");
        var answer = (await system.AskAsync(HttpMethod.Get, new Uri(system.UserService, "/users/me"), token)).IsRefused(
            401, "audience_invalid");
        var spans = await TraceAsync(answer.TraceId, "jwt_validation", "GET /users/me");

        var validation = Assert.Single(spans, span => span.Name == "jwt_validation");
        Assert.Equal((2, "audience_invalid"), (validation.Status, validation.Attributes["error.type"]));
        Assert.NotEqual(2, Assert.Single(spans, span => span.Name == "GET /users/me").Status);
    }

    [Fact]
    public async Task Every_parent_of_a_span_was_exported()
    {
        var answer = await system.DelegateAsync(await system.SignInAsync("bob"), "reviewer", "DOC-006");

        // Waits for the tree to close; a dangling parent would keep it open until the wait fails.
        var spans = await system.Telemetry.Wait(
            collected => collected.Spans.Where(span => span.TraceId == answer.TraceId).ToList() is { Count: > 20 } all
                && SpanTree.Roots(all).Count() == 1 ? all : null,
            TestContext.Current.CancellationToken);
        Assert.Equal("POST /api/access-delegated", SpanTree.Roots(spans).Single().Name);
    }

    private async Task AssertTreeAsync(string trace, string expected)
    {
        var lines = expected.ReplaceLineEndings("\n").Split('\n');
        var spans = await system.Telemetry.Trace(trace, lines.Length, TestContext.Current.CancellationToken);
        Assert.Equal(lines, SpanTree.Lines(spans));
    }

    private Task<List<ReceivedSpan>> TraceAsync(string trace, params string[] names) => system.Telemetry.Wait(
        collected => collected.Spans.Where(span => span.TraceId == trace).ToList() is { } spans
            && names.GroupBy(name => name).All(group => spans.Count(span => span.Name == group.Key) >= group.Count()) ? spans : null,
        TestContext.Current.CancellationToken);
}
