using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Tests.TokenExchange;

public sealed class ExchangeCacheTests : IAsyncLifetime
{
    private ExchangeFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ExchangeFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_second_exchange_of_the_same_token_makes_no_call()
    {
        var subject = _fixture.Person();

        Assert.Same(await _fixture.IssuedAsync(subject), await _fixture.IssuedAsync(subject));
        Assert.Single(_fixture.Provider.TokenRequests);
    }

    [Fact]
    public async Task A_hundred_concurrent_misses_make_one_call_and_their_spans_link_to_the_winners()
    {
        var gate = new TaskCompletionSource();
        _fixture.Provider.OnToken = async (context, form) =>
        {
            await gate.Task;
            return _fixture.Provider.Issue(context, form);
        };
        using var spans = new SpanCollector();
        using var root = SpanCollector.Begin();
        var subject = _fixture.Person();
        var all = Enumerable.Range(0, 100).Select(_ => _fixture.IssuedAsync(subject)).ToList();
        gate.SetResult();

        Assert.Single((await Task.WhenAll(all)).Distinct());
        Assert.Single(_fixture.Provider.TokenRequests);
        var exchanges = spans.Of(root.TraceId).Where(span => span.OperationName == TelemetryNames.TokenExchange.Span).ToList();
        Assert.Equal(100, exchanges.Count);
        var winner = Assert.Single(exchanges, span => Source(span) == "miss");
        Assert.All(exchanges.Where(span => span != winner), span =>
        {
            Assert.Equal("shared", Source(span));
            Assert.Equal(winner.SpanId, Assert.Single(span.Links).Context.SpanId);
        });
    }

    [Fact]
    public async Task A_disconnecting_caller_does_not_cancel_the_call_for_waiting_callers()
    {
        var gate = new TaskCompletionSource();
        _fixture.Provider.OnToken = async (context, form) =>
        {
            await gate.Task;
            return _fixture.Provider.Issue(context, form);
        };
        using var leaving = new CancellationTokenSource();
        var subject = _fixture.Person();
        var first = _fixture.Exchanger.ExchangeAsync(subject, ExchangeFixture.ToDocuments, leaving.Token);
        var second = _fixture.IssuedAsync(subject);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await second;
        Assert.Single(_fixture.Provider.TokenRequests);
    }

    [Fact]
    public async Task An_exchanged_token_is_renewed_thirty_seconds_before_it_expires()
    {
        _fixture.Provider.OnToken = (context, form) =>
            Task.FromResult(_fixture.Provider.Issue(context, form, token => token with { Lifetime = TimeSpan.FromSeconds(60) }));
        var subject = _fixture.Person(lifetime: 300);
        await _fixture.IssuedAsync(subject);
        _fixture.Time.Advance(TimeSpan.FromSeconds(29));
        await _fixture.IssuedAsync(subject);
        Assert.Single(_fixture.Provider.TokenRequests);
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));

        await _fixture.IssuedAsync(subject);
        Assert.Equal(2, _fixture.Provider.TokenRequests.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_cached()
    {
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(503, "unavailable", "later"));
        var subject = _fixture.Person();
        await _fixture.RefusedAsync(subject);
        _fixture.Provider.OnToken = null;

        await _fixture.IssuedAsync(subject);
    }

    [Fact]
    public async Task Different_audiences_scopes_requesters_or_subjects_never_share_a_token()
    {
        var alice = _fixture.Person();
        var gpt4 = new ClientCredential(new ClientId("agent-gpt4"), "secret");
        await _fixture.IssuedAsync(alice);
        await _fixture.IssuedAsync(alice, ExchangePlan.For("document-service"));
        await _fixture.IssuedAsync(alice, ExchangePlan.For("agent-service", "documents:read"));
        await _fixture.IssuedAsync(alice, ExchangeFixture.ToDocuments with { Requester = gpt4 });
        await _fixture.IssuedAsync(_fixture.Person("bob"));

        Assert.Equal(5, _fixture.Provider.TokenRequests.Count);
    }

    [Fact]
    public void Cache_keys_are_equal_only_for_equal_requests_however_the_parts_are_split()
    {
        var subject = _fixture.Person();
        var own = new ClientCredential(new ClientId("user-service"), "secret");
        string Key(string[] audiences, string[] scopes) =>
            ExchangeKey.Of(new ExchangeRequest(subject, new ExchangePlan([.. audiences.Select(value => new ClientId(value))], scopes), own),
                "issuer").Value;

        Prop.ForAll<NonNull<string>[], NonNull<string>[]>((one, other) =>
        {
            string[] audiences = [.. one.Select(value => value.Get)], scopes = [.. other.Select(value => value.Get)];
            var same = Key([.. audiences.Reverse()], [.. scopes.Reverse()]) == Key(audiences, scopes);
            var sameSets = audiences.ToHashSet().SetEquals(scopes);
            return same && (Key(scopes, audiences) == Key(audiences, scopes)) == sameSets
                // Longer than anything generated: a part that stands on both sides already would change nothing.
                && Key([.. audiences, "one audience more"], ["one scope more", .. scopes]) != Key(
                    [.. audiences, "one audience more", "one scope more"], scopes);
        }).QuickCheckThrowOnFailure();
    }

    private static string? Source(Activity span) => span.GetTagItem(TelemetryNames.TokenExchange.Cache) as string;
}
