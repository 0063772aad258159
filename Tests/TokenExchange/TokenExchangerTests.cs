using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.TokenExchange;

public sealed class TokenExchangerTests : IAsyncLifetime
{
    private ExchangeFixture _fixture = null!;

    public static TheoryData<string> WrongAnswers =>
        ["other person", "other session", "no session", "other requester", "other audience", "one audience more", "scope missing",
            "scope nobody asked for"];

    private Revocations Revocations => (Revocations)_fixture.Service.Services.GetService(typeof(Revocations))!;

    public async ValueTask InitializeAsync() => _fixture = await ExchangeFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task The_request_follows_RFC_8693()
    {
        var plan = new ExchangePlan([new("agent-service"), new("agent-gpt4")], ["agents:invoke"]);
        var subject = _fixture.Person();
        var token = await _fixture.IssuedAsync(subject, plan);

        var form = Assert.Single(_fixture.Provider.TokenRequests);
        Assert.Equal("urn:ietf:params:oauth:grant-type:token-exchange", form["grant_type"]);
        Assert.Equal(subject.Token.Reveal(), form["subject_token"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", form["subject_token_type"]);
        Assert.Equal(["agent-service", "agent-gpt4"], form["audience"].AsEnumerable());
        Assert.Equal("agents:invoke", form["scope"]);
        Assert.Equal(["agent-gpt4", "agent-service"], token.Audiences.Order());
    }

    [Fact]
    public async Task Without_scopes_the_parameter_is_left_out_because_an_empty_one_is_refused()
    {
        await _fixture.IssuedAsync(_fixture.Person(), ExchangePlan.For("agent-service"));

        Assert.DoesNotContain("scope", Assert.Single(_fixture.Provider.TokenRequests).Keys);
    }

    [Fact]
    public async Task A_token_already_meant_for_the_target_is_refused_and_never_sent_to_the_provider()
    {
        var refused = await _fixture.RefusedAsync(_fixture.Person(), ExchangePlan.For("user-service"));

        Assert.Equal(ReasonCode.ExchangeRefused, refused.Reason);
        Assert.Empty(_fixture.Provider.TokenRequests);
    }

    [Fact]
    public async Task An_expired_token_is_not_exchanged()
    {
        var subject = _fixture.Person(lifetime: 60);
        await _fixture.IssuedAsync(subject);
        _fixture.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(ReasonCode.TokenExpired, (await _fixture.RefusedAsync(subject)).Reason);
    }

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task A_response_that_does_not_match_the_request_is_never_used(string wrong)
    {
        _fixture.Provider.OnToken = (context, form) => Task.FromResult(_fixture.Provider.Issue(context, form, token => wrong switch
        {
            "other person" => token with { Subject = "bob-id" },
            "other session" => token with { SessionId = "bob-session" },
            "no session" => token with { SessionId = null },
            "other requester" => token with { Client = "agent-gpt4" },
            "other audience" => token with { Audience = "agent-service" },
            "one audience more" => token with { Audience = new[] { "document-service", "agent-service" } },
            "scope missing" => token with { Scope = "profile" },
            "scope nobody asked for" => token with { Scope = "profile documents:read documents:write" },
            _ => throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "unknown case"),
        }));

        Assert.Equal(ReasonCode.ExchangeRefused, (await _fixture.RefusedAsync(_fixture.Person())).Reason);
    }

    [Fact]
    public async Task A_session_that_has_ended_gets_no_token_from_the_cache()
    {
        var subject = _fixture.Person();
        await _fixture.IssuedAsync(subject);
        Revocations.EndSession("alice-session", subject: null);

        Assert.Equal(ReasonCode.TokenRevoked, (await _fixture.RefusedAsync(subject)).Reason);
        await _fixture.IssuedAsync(_fixture.Person("bob"));
    }

    [Fact]
    public async Task A_session_that_ends_during_the_provider_call_gets_no_token()
    {
        _fixture.Provider.OnToken = (context, form) =>
        {
            Revocations.EndSession("alice-session", subject: null);
            return Task.FromResult(_fixture.Provider.Issue(context, form));
        };

        Assert.Equal(ReasonCode.TokenRevoked, (await _fixture.RefusedAsync(_fixture.Person())).Reason);
    }

    [Theory]
    [InlineData(400, "invalid_request", "Invalid token", "token_revoked")]
    [InlineData(403, "access_denied", "Client is not within the token audience", "exchange_refused")]
    [InlineData(400, "invalid_scope", "Invalid scopes: documents:read", "exchange_refused")]
    [InlineData(401, "unauthorized_client", "Invalid client or Invalid client credentials", "exchange_refused")]
    [InlineData(429, "slow_down", "later", "exchange_refused")]
    [InlineData(500, "server_error", "oops", "identity_provider_unavailable")]
    [InlineData(503, "unavailable", "oops", "identity_provider_unavailable")]
    public async Task Provider_errors_map_to_a_reason(int status, string error, string description, string reason)
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(status, error, description));

        var refused = await _fixture.RefusedAsync(_fixture.Person());

        Assert.Equal(reason, refused.Reason.Value);
        Assert.DoesNotContain(description, refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "invalid_scope", "Invalid scopes: documents:read")]
    [InlineData(401, "unauthorized_client", "Invalid client or Invalid client credentials")]
    [InlineData(403, "access_denied", "Client is not within the token audience")]
    [InlineData(429, "slow_down", "later")]
    public async Task The_providers_error_and_description_are_kept_for_any_status(int status, string error, string description)
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(status, error, description));

        var refused = await _fixture.RefusedAsync(_fixture.Person());

        Assert.Equal((error, description), (refused.OAuthError, refused.OAuthErrorDescription));
    }

    [Theory]
    [InlineData(403, "text/html", "<h1>Forbidden</h1>", "http_403")]
    [InlineData(404, "application/json", "[]", "http_404")]
    [InlineData(400, "application/json", "{}", "http_400")]
    public async Task A_refusal_without_an_error_code_is_named_after_its_status(int status, string type, string body, string error)
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(Results.Text(body, type, statusCode: status));

        var refused = await _fixture.RefusedAsync(_fixture.Person());

        Assert.Equal((ReasonCode.ExchangeRefused, error), (refused.Reason, refused.OAuthError));
    }

    [Theory]
    [InlineData("{\"access_token\":\"gibberish\"}")]
    [InlineData("{\"access_token\":\"e30.e30.x\"}")]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("{\"access_token\":null}")]
    [InlineData("{\"access_token\":[]}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"access_token\":\"\\ud800\"}")]
    [InlineData("null")]
    [InlineData("\"token\"")]
    [InlineData("")]
    [InlineData("not json")]
    public async Task An_invalid_provider_response_is_not_a_token(string body)
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(Results.Text(body, "application/json"));

        Assert.Contains((await _fixture.RefusedAsync(_fixture.Person())).Reason,
            new[] { ReasonCode.ExchangeRefused, ReasonCode.IdentityProviderUnavailable });
    }

    [Fact]
    public async Task An_unavailable_provider_is_reported_and_cached_tokens_keep_working()
    {
        var alice = _fixture.Person();
        await _fixture.IssuedAsync(alice);
        await _fixture.Provider.StopAsync();

        Assert.Equal(ReasonCode.IdentityProviderUnavailable, (await _fixture.RefusedAsync(_fixture.Person("bob"))).Reason);
        await _fixture.IssuedAsync(alice);
    }

    [Fact]
    public async Task The_exchange_uses_the_agents_client_if_it_is_the_requester()
    {
        var agent = new ClientCredential(new ClientId("agent-gpt4"), "secret");
        var token = await _fixture.IssuedAsync(_fixture.Person(), ExchangeFixture.ToDocuments with { Requester = agent });

        Assert.Equal("agent-gpt4", token.Client);
        Assert.Equal("agent-gpt4", agent.ToString());
    }

    [Fact]
    public async Task A_session_that_ended_at_the_provider_is_refused_here_from_then_on()
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(400, "invalid_request", "Invalid token"));
        var subject = _fixture.Person();
        await _fixture.RefusedAsync(subject);

        Assert.True(Revocations.Contains(subject));
        Assert.False(Revocations.Contains(_fixture.Person("bob")));
    }
}
