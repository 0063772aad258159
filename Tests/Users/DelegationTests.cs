using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TraceDemo.Tests.Users;

public sealed class DelegationTests : IAsyncLifetime
{
    private UserServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UserServiceHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_request_is_sent_to_the_agent_with_a_token_for_it_alone()
    {
        var answer = await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005", action = "review", reviewType = "security" });

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(_host.Received);
        Assert.Equal(("/agents/gpt4/access", """{"documentId":"DOC-005","action":"review","reviewType":"security"}"""),
            (request.Path, request.Body));
        Assert.Equal(["agent-gpt4", "agent-service"],
            request.Token.GetProperty("aud").EnumerateArray().Select(audience => audience.GetString()).Order());
        Assert.Equal("user-service", request.Token.GetProperty("azp").GetString());
        Assert.Contains("agents:invoke", request.Token.GetProperty("scope").GetString()!.Split(' '));
    }

    [Fact]
    public async Task The_grant_contains_exactly_the_request_of_the_person_and_verifies_with_the_published_key()
    {
        await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005", action = "summarize" });

        var token = Assert.Single(_host.Received).Headers["Txn-Token"];
        var claims = ReceivedRequest.Claims(token);
        Assert.Equal("""{"agent":"gpt4","document":"DOC-005","action":"summarize"}""", claims.GetProperty("tctx").GetRawText());
        Assert.Equal(("alice-id", "alice-session", "agent-gpt4"),
            (Text(claims, "sub"), Text(claims, "sid"), Text(claims.GetProperty("act"), "sub")));
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 1, 60);

        var set = await _host.SendAsync(HttpMethod.Get, "/.well-known/jwks.json", token: null);
        var key = Assert.Single(set.Body.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order());
        Assert.True(Verifies(token, key));
    }

    [Fact]
    public async Task The_default_action_is_read()
    {
        await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005" });
        Assert.Equal("read", Text(Assert.Single(_host.Received).Json, "action"));
    }

    [Fact]
    public async Task An_agent_with_a_differently_named_client_is_configurable()
    {
        await DelegateAsync(new { agentId = "external", documentId = "DOC-005" });
        Assert.Contains("partner-bot",
            Assert.Single(_host.Received).Token.GetProperty("aud").EnumerateArray().Select(audience => audience.GetString()));
    }

    [Theory]
    [InlineData("oracle", 404, "agent_not_found")]
    [InlineData("claude", 403, "agent_disabled")]
    public async Task Unknown_and_disabled_agents_are_refused_before_any_provider_call(string agent, int status, string reason)
    {
        var answer = await DelegateAsync(new { agentId = agent, documentId = "DOC-005" });

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Empty(_host.Exchanges);
        Assert.Empty(_host.Received);
    }

    [Fact]
    public async Task Without_a_registry_every_delegation_is_refused()
    {
        await using var host = await UserServiceHost.StartAsync(withRegistry: false);

        var answer = await host.SendAsync(
            HttpMethod.Post, "/delegate", UserServiceHost.Alice, new { agentId = "gpt4", documentId = "DOC-005" });

        Assert.Equal((503, "registry_unavailable"), (answer.Status, answer.Reason));
        Assert.Empty(host.Exchanges);
    }

    [Theory]
    [InlineData("{}", "agentId", "documentId")]
    [InlineData("""{"agentId":"gpt4"}""", "documentId")]
    [InlineData("""{"documentId":"DOC-005"}""", "agentId")]
    [InlineData("""{"agentId":"GPT4","documentId":"DOC-005"}""", "agentId")]
    [InlineData("""{"agentId":"../admin","documentId":"DOC-005"}""", "agentId")]
    [InlineData("""{"agentId":"gpt4","documentId":"DOC-005","action":"delete"}""", "action")]
    [InlineData("""{"agentId":"gpt4","documentId":"DOC-005","reviewType":"x"}""", "reviewType")]
    public async Task A_malformed_request_names_the_invalid_members(string body, params string[] members)
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/delegate", UserServiceHost.Alice, body);

        Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
        Assert.Equal(members, answer.Body.GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        Assert.Empty(_host.Exchanges);
    }

    [Fact]
    public async Task Output_and_decision_of_the_agent_are_returned_unchanged()
    {
        _host.Answer = RecordingPeer.Says(200,
            """{"granted":true,"reason":"delegation_match","document":{"id":"D"},"output":"""
                + """{"type":"summary","text":"Short."},"decision":{"rule":"x"}}""");

        var answer = await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005", action = "summarize" });

        Assert.Equal("""{"type":"summary","text":"Short."}""", answer.Body.GetProperty("output").GetRawText());
        Assert.Equal("""{"rule":"x"}""", answer.Body.GetProperty("decision").GetRawText());
    }

    [Theory]
    [InlineData(400, """{"reason":"request_invalid","detail":"cannot review"}""", 400, "request_invalid")]
    [InlineData(404, """{"reason":"document_not_found","detail":"None."}""", 404, "document_not_found")]
    [InlineData(403, """{"reason":"agent_clearance_insufficient","detail":"No.","granted":false}""", 403, "agent_clearance_insufficient")]
    [InlineData(502, """{"reason":"exchange_refused","detail":"No."}""", 502, "exchange_refused")]
    [InlineData(401, """{"reason":"audience_invalid","detail":"Ours."}""", 502, "upstream_unavailable")]
    public async Task Refusals_of_later_services_keep_their_meaning(int status, string body, int expected, string reason)
    {
        _host.Answer = RecordingPeer.Says(status, body);
        var answer = await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005" });
        Assert.Equal((expected, reason), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task Each_delegation_is_one_span_around_grant_exchange_and_call()
    {
        using var spans = new SpanCollector();

        var answer = await DelegateAsync(new { agentId = "gpt4", documentId = "DOC-005" });

        var trace = spans.Of(ActivityTraceId.CreateFromString(answer.Body.GetProperty("traceId").GetString()));
        var span = trace.Single(span => span.OperationName == "user.delegate");
        Assert.Equal(("gpt4", "DOC-005", true),
            (span.GetTagItem("agent.id"), span.GetTagItem("document.id"), span.GetTagItem("access.granted")));
        Assert.Equal(
            ["transaction_token", "token_exchange"],
            trace.Where(other => other.ParentSpanId == span.SpanId && other.Source.Name == span.Source.Name)
                .Select(other => other.OperationName));
    }

    [Fact]
    public async Task Delegations_are_counted_by_agent_and_outcome_but_never_by_an_unknown_name()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "tracedemo.delegations")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (counted)
            {
                counted.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
            }
        });
        listener.Start();

        await DelegateAsync(new { agentId = "external", documentId = "DOC-005" });
        _host.Answer = RecordingPeer.Says(404, """{"reason":"document_not_found","detail":"None."}""");
        await DelegateAsync(new { agentId = "external", documentId = "DOC-999" });
        await DelegateAsync(new { agentId = "oracle", documentId = "DOC-005" });

        lock (counted)
        {
            Assert.Equal(["external granted", "external document_not_found"],
                counted.Where(label => label.StartsWith("external", StringComparison.Ordinal)));
            Assert.DoesNotContain(counted, label => label.Contains("oracle", StringComparison.Ordinal));
        }
    }

    private Task<Answer> DelegateAsync(object body) => _host.SendAsync(HttpMethod.Post, "/delegate", UserServiceHost.Alice, body);

    private static bool Verifies(string token, JsonElement key)
    {
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(Text(key, "x")), Y = Base64Url.DecodeFromChars(Text(key, "y")) },
        });
        var end = token.LastIndexOf('.');
        return ecdsa.VerifyData(Encoding.ASCII.GetBytes(token, 0, end), Base64Url.DecodeFromChars(token.AsSpan(end + 1)),
            HashAlgorithmName.SHA256);
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
