using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;
using TraceDemo.Tests.Provider;

namespace TraceDemo.Tests.TransactionTokens;

public sealed class TransactionTokenTests : IAsyncLifetime
{
    private static readonly TransactionClaims Asked =
        new("alice-id", "alice-session", new ClientId("agent-gpt4"), AgentId.Parse("gpt4", null), DocumentId.Parse("DOC-005", null), "read");

    private readonly ManualTime _time = new();
    private TransactionTokenIssuer _issuer = null!;
    private WebApplication _userService = null!;
    private TransactionTokenValidator _validator = null!;
    private int _fetches;

    public async ValueTask InitializeAsync()
    {
        _issuer = new TransactionTokenIssuer(_time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _userService = builder.Build();
        _userService.MapGet("/.well-known/jwks.json", () =>
        {
            _fetches++;
            return new TransactionKeySet([_issuer.PublicKey]);
        });
        await _userService.StartAsync();
        var client = new TransactionKeyClient(new HttpClient { BaseAddress = new Uri(_userService.Urls.Single()) });
        _validator = new TransactionTokenValidator(new TransactionKeys(client, _time, NullLogger<TransactionKeys>.Instance), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _userService.DisposeAsync();
        _issuer.Dispose();
    }

    [Fact]
    public async Task What_was_asked_for_is_granted() => Assert.Equal(GrantVerdict.Given, await CheckAsync(_issuer.Issue(Asked)));

    [Fact]
    public async Task Every_part_must_agree()
    {
        var token = _issuer.Issue(Asked);

        Assert.Equal("other_person", (await CheckAsync(token, Asked with { Subject = "bob-id" })).Result);
        Assert.Equal("other_session", (await CheckAsync(token, Asked with { SessionId = "later" })).Result);
        Assert.Equal("other_agent", (await CheckAsync(token, Asked with { Actor = new ClientId("agent-claude") })).Result);
        Assert.Equal("other_agent", (await CheckAsync(token, Asked with { Agent = AgentId.Parse("claude", null) })).Result);
        Assert.Equal("other_document", (await CheckAsync(token, Asked with { Document = DocumentId.Parse("DOC-002", null) })).Result);
        Assert.Equal("other_action", (await CheckAsync(token, Asked with { Action = "review" })).Result);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(66, false)]
    public async Task It_lives_a_minute_and_five_seconds_for_clocks_that_differ(int seconds, bool granted)
    {
        var token = _issuer.Issue(Asked);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(granted, (await CheckAsync(token)).Granted);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("gibberish", "invalid")]
    [InlineData("a.b.c", "invalid")]
    [InlineData("e30.e30.e30", "invalid")]
    public async Task What_is_no_token_grants_nothing(string? token, string result) =>
        Assert.Equal(GrantVerdict.Not(result), await CheckAsync(token));

    [Fact]
    public async Task A_token_by_another_key_under_the_known_kid_is_invalid()
    {
        var real = _issuer.Issue(Asked);
        using var attacker = new TransactionTokenIssuer(_time);
        var forged = attacker.Issue(Asked);

        Assert.Equal("invalid", (await CheckAsync(string.Join('.', real.Split('.')[0], forged.Split('.')[1], forged.Split('.')[2]))).Result);
        Assert.Equal("invalid", (await CheckAsync(forged)).Result);
    }

    [Theory]
    [InlineData("at+jwt", "ES256", 60)]
    [InlineData("txntoken+jwt", "none", 60)]
    [InlineData("txntoken+jwt", "RS256", 60)]
    [InlineData("txntoken+jwt", "ES256", 3600)]
    public async Task Type_algorithm_and_lifetime_are_not_the_tokens_to_choose(string type, string algorithm, int lifetime)
    {
        var keyId = _issuer.PublicKey.Kid;
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var token = _issuer.Sign(new(algorithm, type, keyId), new()
        {
            Issuer = "user-service",
            IssuedAt = now,
            ExpiresAt = now + lifetime,
            Audience = "tracedemo",
            Id = "t",
            Subject = Asked.Subject,
            SessionId = Asked.SessionId,
            Scope = "documents:read",
            RequestingWorkload = "user-service",
            Act = new("agent-gpt4"),
            Context = new("gpt4", "DOC-005", "read"),
        });

        Assert.Equal("invalid", (await CheckAsync(token)).Result);
    }

    [Fact]
    public async Task Keys_are_fetched_when_unknown_and_at_most_once_a_second()
    {
        for (var i = 0; i < 10; i++)
        {
            using var stranger = new TransactionTokenIssuer(_time);
            await CheckAsync(stranger.Issue(Asked));
        }

        Assert.Equal(1, _fetches);
        _issuer = new TransactionTokenIssuer(_time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await CheckAsync(_issuer.Issue(Asked))).Granted);
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task The_published_key_is_public_only()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_userService.Urls.Single()) };
        var set = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/.well-known/jwks.json", TestContext.Current.CancellationToken);

        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], set.GetProperty("keys")[0].EnumerateObject().Select(member => member.Name).Order());
    }

    private Task<GrantVerdict> CheckAsync(string? token, TransactionClaims? expected = null) =>
        _validator.CheckAsync(token, expected ?? Asked, TestContext.Current.CancellationToken);
}
