using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.Contracts.Registry;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Tests.Telemetry;

/// <summary>A real agent-service, and a service that reads its registry each time the test
/// says so: which spans are recorded meanwhile, on either side.</summary>
[Collection(typeof(ListensToTheProcess))]
public sealed class IdleSpansTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<Activity> _recorded = [];
    private readonly ActivityListener _listener;
    // Keys and tokens are fetched outside any request's flow, so their spans count regardless of the flow.
    private readonly AsyncLocal<bool> _watched = new();
    private volatile bool _watchesRoots;
    private DateTime _ready;
    private AgentServiceHost _agents = null!;
    private TestService _reader = null!;

    public IdleSpansTests()
    {
        // Another listener decides what is recorded: that of the services' own telemetry.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or "TraceDemo",
            Sample = (ref _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = span =>
            {
                if (span.Recorded && (_watched.Value || (_watchesRoots && span.DisplayName is "key_set_refresh" or "service_token_refresh")
                    || IsServers(span)))
                {
                    _recorded.Enqueue(span);
                }
            },
        };
    }

    public async ValueTask InitializeAsync()
    {
        _agents = await AgentServiceHost.StartAsync();
        // Its clock stands still, so that it looks once by itself, at its start.
        _reader = await TestService.StartAsync(
            _agents.Provider, "document-service", _ => { },
            builder =>
            {
                builder.Configuration["services:agent-service:http:0"] = _agents.Service.Address.AbsoluteUri;
                builder.AddRegistryView();
            },
            _time);
        await RefreshAsync();
        // A request of the start may end a little later.
        _ready = TimeProvider.System.GetUtcNow().UtcDateTime;
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _reader.DisposeAsync();
        await _agents.DisposeAsync();
    }

    [Fact]
    public async Task Registry_polls_without_changes_create_no_span_on_either_side()
    {
        for (var poll = 0; poll < 20; poll++)
        {
            await WatchAsync(RefreshAsync);
        }

        Assert.Empty(_recorded);
    }

    [Fact]
    public async Task Fetching_the_token_for_a_poll_creates_no_span()
    {
        var asked = _agents.Provider.TokenRequests.Count;
        _time.Advance(TimeSpan.FromMinutes(2));
        await WatchAsync(RefreshAsync);

        Assert.Equal(asked + 1, _agents.Provider.TokenRequests.Count);
        Assert.Empty(_recorded);
    }

    [Fact]
    public async Task A_token_that_is_renewed_in_the_background_leaves_none_on_either_side()
    {
        var asked = _agents.Provider.TokenRequests.Count;
        _time.Advance(TimeSpan.FromSeconds(95));
        await WatchAsync(async () =>
        {
            await RefreshAsync();
            await _reader.Services.GetRequiredService<ServiceTokens>().Renewal;
        });

        Assert.Equal(asked + 1, _agents.Provider.TokenRequests.Count);
        Assert.Empty(_recorded);
    }

    [Fact]
    public async Task A_renewal_in_the_background_that_fails_leaves_a_span_with_the_error()
    {
        await _agents.Provider.StopAsync();
        _time.Advance(TimeSpan.FromSeconds(95));
        await WatchAsync(async () =>
        {
            await RefreshAsync();
            await _reader.Services.GetRequiredService<ServiceTokens>().Renewal;
        });

        Assert.DoesNotContain(_recorded, span => span.Kind == ActivityKind.Client);
        // The poll that the clock causes may renew too.
        var spans = _recorded.Where(span => span.DisplayName == "service_token_refresh").ToList();
        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.Equal(
            ("failed", default, "identity_provider_unavailable"),
            (span.GetTagItem("refresh.result"), span.ParentSpanId, span.GetTagItem("error.type"))));
    }

    [Fact]
    public async Task A_poll_that_finds_a_change_leaves_one_span()
    {
        await _agents.SendAsync(HttpMethod.Put, "/agents/gpt4/state", AgentServiceHost.Administrator, new { enabled = false });
        _recorded.Clear();
        await WatchAsync(RefreshAsync);
        await WatchAsync(RefreshAsync);

        var span = Assert.Single(_recorded);
        Assert.Equal(("registry_refresh", "changed", default), (span.DisplayName, span.GetTagItem("refresh.result"), span.ParentSpanId));
    }

    [Fact]
    public async Task A_poll_that_fails_leaves_one_span_with_the_error()
    {
        await _agents.Provider.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        await WatchAsync(RefreshAsync);

        var span = Assert.Single(_recorded, span => span.DisplayName == "registry_refresh");
        Assert.Equal(("failed", ActivityStatusCode.Error), (span.GetTagItem("refresh.result"), span.Status));
        Assert.Equal("TraceDemo.ServiceDefaults.Http.ProblemException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Key_set_refreshes_create_a_span_only_after_a_change_or_failure()
    {
        for (var refresh = 0; refresh < 5; refresh++)
        {
            await WatchAsync(RefreshKeysAsync);
        }
        Assert.Empty(_recorded);

        _agents.Provider.Rotate();
        await WatchAsync(RefreshKeysAsync);
        await WatchAsync(RefreshKeysAsync);
        _agents.Provider.OnKeySet = _ => throw new InvalidOperationException("no keys today");
        await WatchAsync(RefreshKeysAsync);

        var spans = _recorded.Where(span => span.DisplayName == "key_set_refresh").ToList();
        Assert.Equal(["changed", "failed"], spans.Select(span => span.GetTagItem("refresh.result")));
        Assert.Equal(spans, _recorded);
    }

    private Task RefreshAsync() => _reader.Services.GetServices<IHostedService>().OfType<RegistryRefresh>().Single()
        .RefreshAsync(TestContext.Current.CancellationToken);

    private Task RefreshKeysAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        return _reader.Services.GetRequiredService<SigningKeys>().RefreshAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Spans that end in here are this test's.</summary>
    private async Task WatchAsync(Func<Task> work)
    {
        (_watched.Value, _watchesRoots) = (true, true);
        await work();
        (_watched.Value, _watchesRoots) = (false, false);
    }

    private bool IsServers(Activity span) =>
        span.StartTimeUtc >= _ready && span.Kind == ActivityKind.Server && span.GetTagItem("server.port") is int port
            && (port == _agents.Service.Address.Port || port == new Uri(_agents.Provider.Address).Port);
}
