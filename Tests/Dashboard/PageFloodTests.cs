using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>How much of the Dashboard one person can take. Nothing here is timed: what counts is
/// how much is worked on at once. Benchmarks measure how long it takes.</summary>
public sealed class PageFloodTests : IAsyncLifetime
{
    private DashboardHost _dashboard = null!;

    private PartitionedRateLimiter<HttpContext> Limiter =>
        _dashboard.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;

    public async ValueTask InitializeAsync() =>
        _dashboard = await DashboardHost.StartAsync(before: builder => builder.Configuration["Traces:MaxMemoryBytes"] = $"{128 << 20}");

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public void Pages_of_traces_are_rendered_one_at_a_time() => Assert.Equal(
        ["/traces", "/traces/{Id}"],
        _dashboard.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OneAtATimeAttribute>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Order(StringComparer.Ordinal));

    [Fact]
    public async Task One_page_per_person_is_rendered_at_a_time_and_twenty_wait()
    {
        var (limiter, page) = (Limiter, new OneAtATimeAttribute());
        var first = limiter.AttemptAcquire(Request("alice", page));
        Assert.True(first.IsAcquired);
        var waiting = Enumerable.Range(0, StreamLimits.MostWaitingPages)
            .Select(_ => limiter.AcquireAsync(Request("alice", page), cancellationToken: TestContext.Current.CancellationToken).AsTask())
            .ToList();
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));
        Assert.False(
            (await limiter.AcquireAsync(Request("alice", page), cancellationToken: TestContext.Current.CancellationToken)).IsAcquired);

        // Nobody else waits for any of that, and what else alice asks for does not either.
        using var bobs = limiter.AttemptAcquire(Request("bob", page));
        using var other = limiter.AttemptAcquire(Request("alice", new object()));
        using var stream = limiter.AttemptAcquire(Request("alice", new LongResponse()));
        Assert.True(bobs.IsAcquired && other.IsAcquired && stream.IsAcquired);

        foreach (var turn in waiting)
        {
            first.Dispose();
            first = await turn.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.True(first.IsAcquired);
        }

        first.Dispose();
    }

    [Fact]
    public void The_default_limits_are_ten_streams_per_person_and_two_hundred_in_total()
    {
        var (limiter, stream) = (Limiter, new LongResponse());
        for (var person = 0; person < 20; person++)
        {
            for (var count = 0; count < 10; count++)
            {
                Assert.True(limiter.AttemptAcquire(Request($"person-{person}", stream)).IsAcquired);
            }

            Assert.False(limiter.AttemptAcquire(Request($"person-{person}", stream)).IsAcquired);
        }

        Assert.False(limiter.AttemptAcquire(Request("one-more", stream)).IsAcquired);
    }

    [Fact]
    public async Task One_persons_flood_of_the_largest_trace_renders_one_page_at_a_time_and_other_people_get_their_pages()
    {
        FillTrace();
        using var alice = _dashboard.Visit();
        using var carol = _dashboard.Visit();
        await alice.SignInAsync("alice");
        await carol.SignInAsync("carol");
        var most = new MostLeases(_dashboard.Services.GetRequiredService<IMeterFactory>());
        using (most)
        {
            var flood = Enumerable.Range(0, 60).Select(_ => StatusAsync(alice, $"/traces/{SpanData.Trace}")).ToList();
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(carol, "/traces"));
            var answers = await Task.WhenAll(flood);

            Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{status}"));
            Assert.Contains(HttpStatusCode.OK, answers);
        }

        Assert.Equal((true, true), (most.Most.ContainsKey(1), !most.Most.Keys.Any(leases => leases > 2)));
    }

    [Fact]
    public async Task The_page_of_the_largest_trace_is_of_bounded_size_and_shows_every_service()
    {
        FillTrace();
        using var alice = _dashboard.Visit();
        await alice.SignInAsync("alice");
        var page = await alice.GetAsync($"/traces/{SpanData.Trace}");

        Assert.InRange(page.Html.Length, 500_000, 8 << 20);
        Assert.Contains(" further spans are not shown.", page.Html, StringComparison.Ordinal);
        Assert.All(Services, service => Assert.Contains($"span of <b>{service}</b>", page.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_response_to_a_run_renders_no_trace()
    {
        _dashboard.Store.Add([SpanData.Entry(1, "alice"), SpanData.Of("user-service", "alices-work", 2, 1, SpanKind.Server)], []);
        using var alice = _dashboard.Visit();
        await alice.SignInAsync("alice");
        var page = await alice.SubmitAsync("/try", ("_handler", "try"), ("Form.Agent", "gpt4"), ("Form.Document", "DOC-005"));

        Assert.Contains($"data-live=\"/traces/{SpanData.Trace}/live\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("alices-work", page.Html, StringComparison.Ordinal);
    }

    private static readonly string[] Services = ["gateway", "user-service", "agent-service", "document-service"];

    /// <summary>As much as the store takes of each service in one trace, in small spans and a few large ones.</summary>
    private void FillTrace()
    {
        _dashboard.Store.Add([SpanData.Entry(1, "alice")], []);
        var large = Enumerable.Range(1, 64).Select(index => SpanData.Text($"key-{index}", new string('"', 1000))).ToArray();
        foreach (var service in Services)
        {
            _dashboard.Store.Add(
                [.. Enumerable.Range(2, 2).Select(id => SpanData.Of(service, "large", (ulong)id, 1, SpanKind.Server, "alice", large))], []);
            _dashboard.Store.Add(
                [.. Enumerable.Range(100, 8000).Select(id => SpanData.Of(service, "small", (ulong)id, 1, SpanKind.Server, "alice"))], []);
        }

        Assert.True(_dashboard.Store.Overflowed > 0);
    }

    internal static ClaimsPrincipal Person(DashboardHost dashboard, string name) =>
        new(new ClaimsIdentity([new("iss", dashboard.Identity.Authority), new("sub", name), new("preferred_username", name)], "id_token"));

    private DefaultHttpContext Request(string person, object mark)
    {
        var context = new DefaultHttpContext { User = Person(_dashboard, person) };
        context.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(mark), "test"));
        return context;
    }

    private static async Task<HttpStatusCode> StatusAsync(Visitor person, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, person.Home(path));
        request.Headers.Add("Cookie", person.Cookies);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await response.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>How many requests had a turn at once, by the framework's own count.</summary>
    private sealed class MostLeases : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _leases;

        public MostLeases(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "aspnetcore.rate_limiting.active_request_leases")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Most.TryAdd(Interlocked.Add(ref _leases, change), 0));
            _listener.Start();
        }

        public ConcurrentDictionary<long, int> Most { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
