using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Redis;

/// <summary>The exchange cache's second level: two replicas of user-service, one provider, one Redis.</summary>
public sealed class SharedExchangeTests : IAsyncLifetime
{
    private readonly string _key = RedisServer.NewKey();
    private RedisServer _redis = null!;
    private ExchangeFixture _one = null!;
    private ExchangeFixture _other = null!;

    public static TheoryData<string> WrongTokens =>
        ["other person", "other session", "other requester", "one audience more", "scope nobody asked for", "expires soon", "none"];

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await StartAsync();
        _other = await StartAsync(_one);
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is null)
        {
            return;
        }
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Two_replicas_make_one_exchange_and_the_second_records_the_source_of_its_token()
    {
        var subject = _one.Person();
        var token = await KeptAsync(subject);
        using var spans = new SpanCollector();
        using var root = SpanCollector.Begin();
        var shared = await _other.IssuedAsync(subject);
        await _other.IssuedAsync(subject);

        Assert.Equal(token.Token.Hash, shared.Token.Hash);
        Assert.Single(_one.Provider.TokenRequests);
        var sources = spans.Of(root.TraceId).Where(span => span.OperationName == TelemetryNames.TokenExchange.Span)
            .OrderBy(span => span.StartTimeUtc)
            .Select(span => span.GetTagItem(TelemetryNames.TokenExchange.Cache));
        Assert.Equal(["redis", "hit"], sources);
    }

    [Fact]
    public async Task A_hundred_concurrent_misses_of_a_replica_ask_Redis_once()
    {
        var subject = _one.Person();
        await KeptAsync(subject);
        var before = await _redis.CallsAsync("getrange");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _other.IssuedAsync(subject)));

        Assert.Equal(before + 1, await _redis.CallsAsync("getrange"));
        Assert.Single(_one.Provider.TokenRequests);
    }

    [Fact]
    public async Task Redis_contains_no_token_subject_session_or_their_hash_in_clear_text()
    {
        var subject = _one.Person();
        var token = await KeptAsync(subject);
        _one.Service.Services.GetRequiredService<Revocations>().EndSession("alice-session", subject: null);
        await Replica.UntilAsync(async () => (await _redis.Talk.DumpAsync()).Count == 2);
        var all = string.Join('\n', (await _redis.Talk.DumpAsync()).Select(entry => $"{entry.Key}\n{entry.Value}"));

        Assert.Contains("tracedemo:user-service:exchange:", all, StringComparison.Ordinal);
        Assert.Contains("tracedemo:user-service:revocations", all, StringComparison.Ordinal);
        foreach (var secret in new[] { subject.Token.Reveal(), token.Token.Reveal() }.SelectMany(raw => raw.Split('.'))
            .Concat(["alice", subject.Subject, subject.SessionId!, subject.Token.Hash, "document-service", "eyJ", _key]))
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_entry_moved_to_another_cache_key_is_a_miss()
    {
        var (alice, bob) = (_one.Person(), _one.Person("bob"));
        await KeptAsync(alice);
        var ofAlice = await KeyAsync();
        await KeptAsync(bob, entries: 2);
        var ofBob = (await ExchangesAsync()).Single(key => key != ofAlice);
        await _redis.Talk.AskAsync("COPY", ofAlice, ofBob, "REPLACE");

        Assert.Equal(bob.Subject, (await _other.IssuedAsync(bob)).Subject);
        Assert.Equal(3, _one.Provider.TokenRequests.Count);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_decrypted_entry_is_used_only_if_it_matches_the_request(string wrong)
    {
        var subject = _one.Person();
        var good = TestToken.Person with { Client = "user-service", Audience = "document-service", Scope = "profile documents:read" };
        var planted = wrong switch
        {
            "other person" => good with { Subject = "bob-id" },
            "other session" => good with { SessionId = "bob-session" },
            "other requester" => good with { Client = "agent-gpt4" },
            "one audience more" => good with { Audience = new[] { "document-service", "agent-service" } },
            "scope nobody asked for" => good with { Scope = "profile documents:read documents:write" },
            "expires soon" => good with { Lifetime = TimeSpan.FromSeconds(30) },
            _ => null,
        };
        var request = new ExchangeRequest(subject, ExchangeFixture.ToDocuments, new ClientCredential(new ClientId("user-service"), ""));
        var key = ExchangeKey.Of(request, _one.Provider.Issuer).Value;
        var content = Encoding.UTF8.GetBytes(planted is null ? "no token" : _one.Provider.Sign(planted));
        Assert.True(
            await _one.Service.Services.GetRequiredService<SharedState>().SetAsync("exchange", key, content, TimeSpan.FromMinutes(1)));

        await _other.IssuedAsync(subject);
        Assert.Single(_one.Provider.TokenRequests);
    }

    [Fact]
    public async Task A_shared_token_is_used_until_thirty_seconds_before_it_expires_and_never_past_its_subject()
    {
        var (brief, long_) = (_one.Person(lifetime: 60), _one.Person("bob", lifetime: 300));
        await KeptAsync(brief);
        await KeptAsync(long_, entries: 2);
        foreach (var key in await ExchangesAsync())
        {
            await _redis.Talk.AskAsync("PERSIST", key);
        }
        _one.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(ReasonCode.TokenExpired, (await _other.RefusedAsync(brief)).Reason);
        await _other.IssuedAsync(long_);
        Assert.Equal(2, _one.Provider.TokenRequests.Count);
        _one.Time.Advance(TimeSpan.FromSeconds(30));
        await using var third = await StartAsync(_one);
        await third.IssuedAsync(long_);
        Assert.Equal(3, _one.Provider.TokenRequests.Count);
    }

    [Fact]
    public async Task A_revoked_subject_gets_no_token_from_the_second_level_nor_from_the_provider()
    {
        var subject = _one.Person();
        await KeptAsync(subject);
        _other.Service.Services.GetRequiredService<Revocations>().EndSession(subject.SessionId!, subject: null);

        Assert.Equal(ReasonCode.TokenRevoked, (await _other.RefusedAsync(subject)).Reason);
        Assert.Single(_one.Provider.TokenRequests);
    }

    [Fact]
    public async Task A_refusal_is_not_shared()
    {
        _one.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(503, "unavailable", "later"));
        var subject = _one.Person();
        await _one.RefusedAsync(subject);
        Assert.Empty(await ExchangesAsync());
        _one.Provider.OnToken = null;

        await _other.IssuedAsync(subject);
    }

    [Fact]
    public async Task While_Redis_is_frozen_at_most_one_request_waits_for_it_and_all_get_a_response()
    {
        await using var impatient = await StartAsync(_one, "00:00:00.100");
        var known = _one.Person();
        await impatient.IssuedAsync(known);
        var before = await _redis.CallsAsync("getrange");
        await _redis.FreezeAsync();
        for (var person = 0; person < 20; person++)
        {
            await impatient.IssuedAsync(known);
            await impatient.IssuedAsync(_one.Person($"person-{person}"));
        }

        Assert.Equal(21, _one.Provider.TokenRequests.Count);
        await _redis.ThawAsync();
        Assert.InRange(await _redis.CallsAsync("getrange") - before, 0, 1);
        await Replica.UntilConnectedAsync(impatient.Service.Services);
        await impatient.IssuedAsync(_one.Person("late"));
        await Replica.UntilAsync(async () => (await ExchangesAsync()).Count > 0);
    }

    [Fact]
    public async Task While_Redis_is_unavailable_exchanges_continue_and_the_service_stays_ready()
    {
        var known = _one.Person();
        var token = await KeptAsync(known);
        await _redis.KillAsync();
        Assert.Same(token, await _one.IssuedAsync(known));
        await _other.IssuedAsync(known);
        await Replica.UntilAsync(async () => (await HealthAsync()).GetProperty("status").GetString() == "degraded");
        Assert.Equal("does not answer", (await HealthAsync()).GetProperty("peers").GetProperty("redis").GetString());

        await _redis.RestartAsync();
        await Replica.UntilAsync(async () => (await HealthAsync()).GetProperty("status").GetString() == "healthy");
        Assert.Equal(2, _one.Provider.TokenRequests.Count);
        await KeptAsync(_one.Person("bob"));
        await Replica.UntilConnectedAsync(_other.Service.Services);
        await _other.IssuedAsync(_one.Person("bob"));
    }

    [Fact]
    public async Task A_first_level_hit_allocates_no_more_with_a_second_level()
    {
        await using var alone = await ExchangeFixture.StartAsync(replicaOf: _one);
        var subject = _one.Person();
        await _one.IssuedAsync(subject);
        await alone.IssuedAsync(subject);
        var (with, without) = (BytesPerHit(_one, subject), BytesPerHit(alone, subject));

        Assert.InRange(with, 0, without * 1.02);
    }

    /// <summary>The least of some runs: whatever compiles or resizes meanwhile
    /// allocates too. A hit never waits, so it stays on this thread.</summary>
    private static double BytesPerHit(ExchangeFixture fixture, Caller subject)
    {
        const int Hits = 1000;
        return Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var hit = 0; hit < Hits; hit++)
            {
                Assert.True(fixture.ExchangeAsync(subject).IsCompletedSuccessfully);
            }
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Hits;
        });
    }

    private async Task<System.Text.Json.JsonElement> HealthAsync()
    {
        var answer = await _one.Service.GetAsync("/health", token: null);
        Assert.Equal(200, answer.Status);
        return answer.Body;
    }

    private async Task<ExchangeFixture> StartAsync(ExchangeFixture? replicaOf = null, string patience = "00:00:10")
    {
        var fixture = await ExchangeFixture.StartAsync(builder => _redis.Configure(builder, "user-service", _key, patience), replicaOf);
        await Replica.UntilConnectedAsync(fixture.Service.Services);
        return fixture;
    }

    /// <summary>Exchanges at the first replica, and waits until Redis has it: no request waits for that.</summary>
    private async Task<ExchangedToken> KeptAsync(Caller subject, int entries = 1)
    {
        var token = await _one.IssuedAsync(subject);
        await Replica.UntilAsync(async () => (await ExchangesAsync()).Count == entries);
        return token;
    }

    private async Task<string> KeyAsync() => Assert.Single(await ExchangesAsync());

    private Task<IReadOnlyList<string>> ExchangesAsync() => _redis.Talk.ListAsync("KEYS", "tracedemo:user-service:exchange:*");
}
