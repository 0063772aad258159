using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.TransactionTokens;

public sealed class TransactionTokenTests : IAsyncLifetime
{
    private static readonly DelegationContext Context = new(AgentId.Parse("gpt4", null), DocumentId.Parse("DOC-005", null), "read");

    private static readonly TransactionClaims Asked =
        new("alice-id", "alice-session", new ClientId("agent-gpt4"), Context);

    private readonly ManualTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TransactionTokenIssuer _issuer = null!;
    private WebApplication _userService = null!;
    private TransactionTokenValidator _validator = null!;
    private int _fetches;

    /// <summary>A member of header or claims, what it becomes in JSON or null to take it away, and what that is called.</summary>
    public static TheoryData<string, string?, string> WrongMembers => new()
    {
        { "typ", "\"at+jwt\"", "invalid" },
        { "typ", "\"JWT\"", "invalid" },
        { "typ", null, "invalid" },
        { "alg", "\"none\"", "invalid" },
        { "alg", "\"RS256\"", "invalid" },
        { "alg", "\"HS256\"", "invalid" },
        { "kid", "\"unknown\"", "invalid" },
        { "kid", null, "invalid" },
        { "kid", "[]", "invalid" },
        { "iat", "-9223372036854775808", "invalid" },
        { "aud", "\"tracedemo/\"", "invalid" },
        { "iss", "\"agent-service\"", "invalid" },
        { "iss", null, "invalid" },
        { "aud", "\"document-service\"", "invalid" },
        { "aud", null, "invalid" },
        { "exp", null, "expired" },
        { "exp", "1", "expired" },
        { "iat", null, "invalid" },
        { "txn", null, "invalid" },
        { "txn", "\"\"", "invalid" },
        { "req_wl", "\"gateway\"", "invalid" },
        { "req_wl", null, "invalid" },
        { "scope", "\"documents:write\"", "invalid" },
        { "scope", null, "invalid" },
        { "sub", "\"bob-id\"", "other_person" },
        { "sub", null, "other_person" },
        { "sid", "\"later\"", "other_session" },
        { "sid", null, "other_session" },
        { "act", null, "other_actor" },
        { "act", "{\"sub\":\"agent-claude\"}", "other_actor" },
        { "act", "\"agent-gpt4\"", "invalid" },
        { "tctx", null, "other_agent" },
        { "tctx", "{\"agent\":\"gpt4\",\"document\":\"DOC-002\",\"action\":\"read\"}", "other_document" },
        { "tctx", "{\"agent\":\"gpt4\",\"document\":\"DOC-005\",\"action\":\"review\"}", "other_action" },
        { "tctx", "{\"agent\":\"gpt4\",\"document\":\"DOC-005\",\"action\":\"read\",\"lines\":\"1-3\"}", "invalid" },
        { "tctx", "{\"agent\":\"gpt4\",\"document\":7,\"action\":\"read\"}", "invalid" },
        { "tctx", "[]", "invalid" },
    };

    public async ValueTask InitializeAsync()
    {
        _issuer = new TransactionTokenIssuer(DelegationContext.Domain, _time);
        _userService = LocalServer.Create();
        _userService.MapGet("/.well-known/jwks.json", () =>
        {
            _fetches++;
            return new TransactionKeySet([_issuer.PublicKey, TransactionKey.Of("by-hand", _key)]);
        });
        await _userService.StartAsync();
        var client = new TransactionKeyClient(new HttpClient { BaseAddress = new Uri(_userService.Urls.Single()) });
        _validator = new TransactionTokenValidator(
            DelegationContext.Domain, new TransactionKeys(client, _time, NullLogger<TransactionKeys>.Instance), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _userService.DisposeAsync();
        _issuer.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_matching_request_is_granted() => Assert.Equal(TransactionCheck.Agrees, await CheckAsync(_issuer.Issue(Asked)));

    [Fact]
    public async Task Every_part_must_match()
    {
        var token = _issuer.Issue(Asked);

        Assert.Equal("other_person", (await CheckAsync(token, Asked with { Subject = "bob-id" })).Result);
        Assert.Equal("other_session", (await CheckAsync(token, Asked with { SessionId = "later" })).Result);
        Assert.Equal("other_actor", (await CheckAsync(token, Asked with { Actor = new ClientId("agent-claude") })).Result);
        Assert.Equal("other_agent", (await CheckAsync(token, With(Context with { Agent = AgentId.Parse("claude", null) }))).Result);
        Assert.Equal("other_document",
            (await CheckAsync(token, With(Context with { Document = DocumentId.Parse("DOC-002", null) }))).Result);
        Assert.Equal("other_action", (await CheckAsync(token, With(Context with { Action = "review" }))).Result);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(66, false)]
    public async Task A_token_is_valid_for_a_minute_plus_five_seconds_of_clock_skew(int seconds, bool granted)
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
    public async Task A_malformed_token_grants_nothing(string? token, string result) =>
        Assert.Equal((false, result), await CheckAsync(token) is var check ? (check.Granted, check.Result) : default);

    [Fact]
    public async Task A_token_by_another_key_under_the_known_kid_is_invalid()
    {
        var real = _issuer.Issue(Asked);
        using var attacker = new TransactionTokenIssuer(DelegationContext.Domain, _time);
        var forged = attacker.Issue(Asked);

        Assert.Equal(
            "invalid", (await CheckAsync(string.Join('.', real.Split('.')[0], forged.Split('.')[1], forged.Split('.')[2]))).Result);
        Assert.Equal("invalid", (await CheckAsync(forged)).Result);
    }

    [Fact]
    public async Task The_unmodified_handmade_token_is_granted() =>
        Assert.Equal(TransactionCheck.Agrees, await CheckAsync(Handmade().Sign()));

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public async Task One_invalid_claim_is_enough_for_refusal(string member, string? value, string result)
    {
        var token = Handmade().With(member, value is null ? null : JsonNode.Parse(value)).Sign();

        Assert.Equal(result, (await CheckAsync(token)).Result);
    }

    [Theory]
    [InlineData(6, "invalid")]
    [InlineData(4, "granted")]
    public async Task The_issuers_clock_may_be_five_seconds_ahead(int seconds, string result)
    {
        var token = Handmade(TimeSpan.FromSeconds(seconds)).Sign();

        Assert.Equal(result, (await CheckAsync(token)).Result);
    }

    [Fact]
    public async Task A_lifetime_beyond_a_minute_is_invalid()
    {
        var token = Handmade().With("exp", _time.GetUtcNow().ToUnixTimeSeconds() + 61).Sign();

        Assert.Equal("invalid", (await CheckAsync(token)).Result);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("by-hand")]
    public async Task Claims_of_an_expired_token_with_a_foreign_key_are_not_trusted(string keyId)
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ConcurrentQueue<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Scope,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var forged = new HandmadeTransactionToken(foreign, keyId, _time.GetUtcNow().ToUnixTimeSeconds()).With("exp", 2)
            .With("txn", "forged").Sign();
        using var root = SpanCollector.Begin();

        Assert.Equal("invalid", (await CheckAsync(forged)).Result);
        Assert.Equal(["txn.result"], Described());
        Assert.Equal("expired", (await CheckAsync(Handmade().With("exp", 2).Sign())).Result);
        Assert.Equal(["txn.action", "txn.agent", "txn.document", "txn.id", "txn.result"], Described());

        IEnumerable<string> Described() =>
            spans.Last(span => span.TraceId == root.TraceId).TagObjects.Select(tag => tag.Key).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"txntoken+jwt","kid":"\ud800"}""")]
    [InlineData("""{"alg":"ES256","typ":"\ud800","kid":"by-hand"}""")]
    public async Task A_header_that_is_not_text_is_invalid_and_not_a_fault(string header)
    {
        var token = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Handmade().Sign().Split('.', 2)[1]}";

        Assert.Equal("invalid", (await CheckAsync(token)).Result);
    }

    [Fact]
    public async Task An_issued_token_has_the_claims_of_the_draft()
    {
        var token = _issuer.Issue(Asked);
        var (header, claims) = (Decode(token.Split('.')[0]), Decode(token.Split('.')[1]));

        Assert.Equal(["alg", "kid", "typ"], Names(header));
        Assert.Equal(("ES256", "txntoken+jwt"), (header["alg"]!.GetValue<string>(), header["typ"]!.GetValue<string>()));
        Assert.Equal(["act", "aud", "exp", "iat", "iss", "req_wl", "scope", "sid", "sub", "tctx", "txn"], Names(claims));
        Assert.Equal(60, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        Assert.Equal("""{"agent":"gpt4","document":"DOC-005","action":"read"}""", claims["tctx"]!.ToJsonString());

        static IEnumerable<string> Names(JsonObject part) => part.Select(member => member.Key).Order(StringComparer.Ordinal);
        static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
    }

    [Fact]
    public async Task Keys_are_fetched_when_unknown_and_at_most_once_a_second()
    {
        for (var i = 0; i < 10; i++)
        {
            using var stranger = new TransactionTokenIssuer(DelegationContext.Domain, _time);
            await CheckAsync(stranger.Issue(Asked));
        }

        Assert.Equal(1, _fetches);
        _issuer = new TransactionTokenIssuer(DelegationContext.Domain, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await CheckAsync(_issuer.Issue(Asked))).Granted);
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task The_published_key_has_no_private_part()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_userService.Urls.Single()) };
        var set = await http.GetFromJsonAsync<System.Text.Json.JsonElement>(
            "/.well-known/jwks.json", TestContext.Current.CancellationToken);

        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"],
            set.GetProperty("keys")[0].EnumerateObject().Select(member => member.Name).Order());
    }

    private static TransactionClaims With(DelegationContext context) => Asked with { Context = context };

    private HandmadeTransactionToken Handmade(TimeSpan ahead = default) =>
        new(_key, "by-hand", _time.GetUtcNow().Add(ahead).ToUnixTimeSeconds());

    private Task<TransactionCheck> CheckAsync(string? token, TransactionClaims? expected = null) =>
        _validator.CheckAsync(token, expected ?? Asked, TestContext.Current.CancellationToken);
}
