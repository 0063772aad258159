using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Authentication;

/// <summary>Each check of an access token, violated once, against a service on real HTTP.</summary>
public sealed class TokenValidationTests : OnTestService
{
    internal override ManualTime Time { get; } = new();

    public static TheoryData<string, string> WrongTokens => new()
    {
        { "expired", "token_expired" },
        { "other issuer", "issuer_invalid" },
        { "other audience", "audience_invalid" },
        { "two audiences", "audience_invalid" },
        { "no audience", "audience_invalid" },
        { "ID token", "token_invalid" },
        { "logout token", "token_invalid" },
        { "transaction token", "token_invalid" },
        { "transaction token of another issuer", "token_invalid" },
        { "no type", "token_invalid" },
        { "plain JWT type", "token_invalid" },
        { "unsigned", "token_invalid" },
        { "signed with the public key as a secret", "token_invalid" },
        { "algorithm outside the list", "token_invalid" },
        { "foreign key", "token_invalid" },
        { "unknown key", "token_invalid" },
        { "unknown key and expired", "token_invalid" },
        { "key id that is no text", "token_invalid" },
        { "audience with a slash", "audience_invalid" },
        { "encryption key", "token_invalid" },
        { "no azp", "token_invalid" },
        { "no subject", "token_invalid" },
        { "act differs from azp", "token_invalid" },
        { "changed payload", "token_invalid" },
        { "no signature", "token_invalid" },
    };

    [Fact]
    public async Task A_valid_token_identifies_the_caller()
    {
        var answer = await Service.GetAsync("/me", Provider.Sign(TestToken.Person));

        var body = answer.Body;
        Assert.Equal(200, answer.Status);
        Assert.Equal("alice-id", body.GetProperty("subject").GetString());
        Assert.Equal("tracedemo-cli", body.GetProperty("azp").GetString());
        Assert.True(body.GetProperty("isPerson").GetBoolean());
        Assert.Equal(["engineering", "finance"], body.GetProperty("groups").EnumerateArray().Select(item => item.GetString()).Order());
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_token_with_one_thing_wrong_is_refused_with_the_reason(string wrong, string reason)
    {
        var answer = (await Service.GetAsync("/me", Wrong(wrong))).IsRefused(401, reason);

        Assert.Contains("error=\"invalid_token\"", answer.Challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-4, 200)]
    [InlineData(4, 200)]
    [InlineData(6, 401)]
    public async Task A_token_is_valid_until_exp_plus_five_seconds_of_clock_skew(int secondsPastExpiry, int expected)
    {
        var token = Provider.Sign(TestToken.Person);
        Time.Advance(TimeSpan.FromSeconds(120 + secondsPastExpiry));

        Assert.Equal(expected, (await Service.GetAsync("/me", token)).Status);
    }

    [Theory]
    [InlineData(-1, 200)]
    [InlineData(1, 200)]
    [InlineData(6, 401)]
    public async Task A_cached_token_ends_no_later_than_a_fresh_one(int secondsPastExpiry, int expected)
    {
        var token = Provider.Sign(TestToken.Person with { Lifetime = TimeSpan.FromSeconds(30) });
        Assert.Equal(200, (await Service.GetAsync("/me", token)).Status);
        Time.Advance(TimeSpan.FromSeconds(30 + secondsPastExpiry));

        Assert.Equal(expected, (await Service.GetAsync("/me", token)).Status);
    }

    [Fact]
    public async Task Without_a_token_the_response_is_a_bare_challenge() =>
        Assert.Equal("Bearer", (await Service.GetAsync("/me", null)).IsRefused(401, "token_missing").Challenge);

    [Theory]
    [InlineData("gibberish")]
    [InlineData("two.parts")]
    [InlineData("one.two.three more")]
    [InlineData("a.b.c.d.e")]
    public async Task A_header_without_a_bearer_token_counts_as_a_missing_token(string header) =>
        (await Service.GetAsync("/me", header)).IsRefused(401, "token_missing");

    [Fact]
    public async Task A_token_in_the_query_is_ignored() =>
        (await Service.GetAsync($"/me?access_token={Provider.Sign(TestToken.Person)}", null)).IsRefused(401, "token_missing");

    [Fact]
    public async Task A_cached_token_of_an_ended_session_is_refused()
    {
        var token = Provider.Sign(TestToken.Person);
        Assert.Equal(200, (await Service.GetAsync("/me", token)).Status);
        Service.Services.GetRequiredService<Revocations>().EndSession("alice-session", subject: null);

        (await Service.GetAsync("/me", token)).IsRefused(401, "token_revoked");
    }

    [Fact]
    public async Task A_rotated_key_is_fetched_on_its_first_token()
    {
        Provider.Rotate();
        Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(200, (await Service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);
    }

    [Fact]
    public async Task Unknown_key_ids_cause_at_most_one_provider_request_a_second()
    {
        Time.Advance(TimeSpan.FromSeconds(2));
        var before = Provider.KeySetRequests;
        for (var i = 0; i < 20; i++)
        {
            await Service.GetAsync("/me", Provider.Sign(TestToken.Person with { KeyId = $"made-up-{i}" }));
        }

        Assert.Equal(before + 1, Provider.KeySetRequests);
    }

    [Fact]
    public async Task Concurrent_requests_share_one_wait_for_a_silent_provider()
    {
        Time.Advance(TimeSpan.FromSeconds(2));
        var before = Provider.KeySetRequests;
        var silence = new TaskCompletionSource();
        Provider.OnKeySet = context =>
        {
            // The wait is longer than the pause between two fetches.
            Time.Advance(TimeSpan.FromSeconds(5));
            return silence.Task;
        };
        var all = Enumerable.Range(0, 10)
            .Select(i => Service.GetAsync("/me", Provider.Sign(TestToken.Person with { KeyId = $"made-up-{i}" }))).ToList();
        silence.SetResult();

        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(401, answer.Status));
        Assert.Equal(before + 1, Provider.KeySetRequests);
    }

    [Fact]
    public async Task A_key_fetch_is_its_own_root_span()
    {
        using var spans = new SpanCollector();
        Provider.Rotate();
        Time.Advance(TimeSpan.FromSeconds(2));
        var answer = await Service.GetAsync("/me", Provider.Sign(TestToken.Person));

        var trace = System.Diagnostics.ActivityTraceId.CreateFromString(answer.TraceId);
        Assert.DoesNotContain(spans.Of(trace), span => span.OperationName == "System.Net.Http.HttpRequestOut");
        Assert.Contains(spans.Of(trace), span => span.OperationName == "jwt_validation");
    }

    [Fact]
    public async Task Cached_tokens_of_a_withdrawn_key_are_evicted_when_the_keys_change()
    {
        var old = Provider.Sign(TestToken.Person);
        Assert.Equal(200, (await Service.GetAsync("/me", old)).Status);
        Provider.Rotate(withdraw: true);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await Service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);

        Assert.Equal(401, (await Service.GetAsync("/me", old)).Status);
    }

    [Fact]
    public async Task Tokens_of_a_key_that_was_replaced_under_its_id_are_refused_after_the_next_fetch()
    {
        var old = Provider.Sign(TestToken.Person);
        Assert.Equal(200, (await Service.GetAsync("/me", old)).Status);
        Provider.ReplaceKey();
        Time.Advance(TimeSpan.FromSeconds(2));
        await Service.GetAsync("/me", Provider.Sign(TestToken.Person with { KeyId = "an-unknown-id" }));

        Assert.Equal(401, (await Service.GetAsync("/me", old)).Status);
        Assert.Equal(200, (await Service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);
    }

    [Fact]
    public async Task A_token_whose_key_was_replaced_during_its_validation_is_not_kept()
    {
        var keys = Service.Services.GetRequiredService<SigningKeys>();
        var validated = Service.Services.GetRequiredService<ValidatedTokens>();
        var raw = Provider.Sign(TestToken.Person);
        Assert.Equal(200, (await Service.GetAsync("/me", raw)).Status);
        var (caller, key) = (validated.Find(raw), keys.Find(Provider.KeyId));
        Assert.NotNull(caller);
        Provider.ReplaceKey();
        Time.Advance(TimeSpan.FromSeconds(2));
        await keys.RefreshAsync(TestContext.Current.CancellationToken);

        validated.Add(caller, key);

        Assert.Null(validated.Find(raw));
    }

    [Fact]
    public async Task Known_keys_keep_working_while_the_provider_is_unavailable()
    {
        var token = Provider.Sign(TestToken.Person);
        await Provider.StopAsync();
        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await Service.GetAsync("/me", token)).Status);
    }

    [Fact]
    public async Task Framework_settings_cannot_widen_the_accepted_tokens()
    {
        await using var service = await TestService.StartAsync(
            Provider,
            "gateway",
            app => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli")),
            time: Time,
            before: builder =>
            {
                builder.Configuration["Authentication:DefaultScheme"] = "other";
                builder.Configuration["Authentication:Schemes:Bearer:ValidIssuer"] = "https://elsewhere.example";
                builder.Configuration["Authentication:Schemes:Bearer:ValidAudiences:0"] = "user-service";
            });

        Assert.Equal(200, (await service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);
        Assert.Equal(401, (await service.GetAsync("/me", Wrong("other audience"))).Status);
        Assert.Equal(401, (await service.GetAsync("/me", Wrong("other issuer"))).Status);
    }

    protected override void Map(WebApplication app) =>
        app.MapGet("/me", (Caller caller) => new { caller.Subject, caller.IsPerson, caller.Groups, azp = caller.Client.Value })
            .Accept(Callers.Person("tracedemo-cli"));

    private string Wrong(string what)
    {
        var good = TestToken.Person;
        var signed = Provider.Sign(good);
        return what switch
        {
            "expired" => Provider.Sign(good with { Age = TimeSpan.FromMinutes(5) }),
            "other issuer" => Provider.Sign(good with { Issuer = "https://elsewhere.example" }),
            "other audience" => Provider.Sign(good with { Audience = "user-service" }),
            "two audiences" => Provider.Sign(good with { Audience = new[] { "gateway", "user-service" } }),
            "no audience" => Provider.Sign(good with { Audience = null }),
            "transaction token of another issuer" => Provider.Sign(
                good with { Type = "txntoken+jwt", Issuer = "user-service", Audience = "tracedemo", Age = TimeSpan.FromHours(1) }),
            "unknown key and expired" => Provider.Sign(good with { KeyId = "nobody's", Age = TimeSpan.FromHours(1) }),
            "key id that is no text" =>
                $"{Base64Url.EncodeToString("""{"alg":"RS256","typ":"at+jwt","kid":"\ud800"}"""u8)}"
                + $".{signed.Split('.')[1]}.{signed.Split('.')[2]}",
            "audience with a slash" => Provider.Sign(good with { Audience = "gateway/" }),
            "ID token" => Provider.Sign(good with { Type = "JWT", Audience = "gateway", Scope = "" }),
            "logout token" => Provider.Sign(good with { Type = "logout+jwt" }),
            "transaction token" => Provider.Sign(good with { Type = "txntoken+jwt" }),
            "no type" => Provider.Sign(good with { Type = "" }),
            "plain JWT type" => Provider.Sign(good with { Type = "JWT" }),
            "unsigned" => Provider.Sign(good with { Algorithm = "none" }),
            "signed with the public key as a secret" => Provider.Sign(good with { Algorithm = "HS256" }),
            "algorithm outside the list" => Provider.Sign(good with { Algorithm = "RS512" }),
            "foreign key" => Provider.SignWithForeignKey(good),
            "unknown key" => Provider.Sign(good with { KeyId = "nobody-knows" }),
            "encryption key" => Provider.Sign(good with { KeyId = "encryption-key" }),
            "no azp" => Provider.Sign(good with { Client = null }),
            "no subject" => Provider.Sign(good with { Subject = null }),
            "act differs from azp" => Provider.Sign(good with { Actor = "agent-gpt4" }),
            "changed payload" => string.Join(
                '.', signed.Split('.')[0], Provider.Sign(good with { Groups = ["/admin"] }).Split('.')[1], signed.Split('.')[2]),
            "no signature" => string.Join('.', signed.Split('.')[..2]) + ".",
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "unknown case"),
        };
    }
}
