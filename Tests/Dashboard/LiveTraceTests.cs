using System.IO.Pipelines;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>How often a followed trace is rendered, how large that becomes, and what a reader who reads nothing holds.</summary>
public sealed class LiveTraceTests : IAsyncLifetime
{
    private static readonly Viewer Alice = new("alice", SeesAll: false);

    private readonly ManualTime _time = new();
    private DashboardHost _dashboard = null!;
    private LiveTraces _traces = null!;

    private FragmentRenderer Renderer => _dashboard.Services.GetRequiredService<FragmentRenderer>();

    public async ValueTask InitializeAsync()
    {
        _dashboard = await DashboardHost.StartAsync(before: builder => builder.Configuration["Streams:Duration"] = "00:00:01.500");
        _traces = new LiveTraces(_dashboard.Store, Renderer, _time);
        _dashboard.Store.Add([SpanData.Entry(1, "alice")], []);
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task A_continuously_growing_trace_is_rendered_four_times_a_second()
    {
        var live = _traces.Open(SpanData.Trace, Alice);
        for (ulong id = 2; id <= 101; id++)
        {
            _dashboard.Store.Add([SpanData.Of("user-service", $"work-{id}", id, 1, SpanKind.Server)], []);
            await live.LatestAsync();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        // One second: at its beginning, and then once each time somebody looks after a tick.
        Assert.InRange(Renderer.Renders, 4, 5);
        _time.Advance(LiveTrace.Interval);
        var (fragment, isLatest) = await live.LatestAsync();
        Assert.True(isLatest);
        Assert.Contains("work-101", Encoding.UTF8.GetString(fragment!.Event), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invisible_spans_of_others_cause_no_rendering()
    {
        var live = _traces.Open(SpanData.Trace, Alice);
        var before = (await live.LatestAsync()).Fragment!;
        _dashboard.Store.Add([SpanData.Entry(10, "mallory"), SpanData.Of("user-service", "noise", 11, 10, SpanKind.Server)], []);
        _time.Advance(LiveTrace.Interval);

        var after = (await live.LatestAsync()).Fragment!;
        Assert.NotEqual(before.Version, after.Version);
        Assert.Same(before.Event, after.Event);
        Assert.Equal(1, Renderer.Renders);
    }

    [Fact]
    public async Task A_trace_of_another_person_causes_no_rendering_and_shows_nothing()
    {
        var (fragment, isLatest) = await _traces.Open(SpanData.Trace, new Viewer("mallory", SeesAll: false)).LatestAsync();
        Assert.Equal((0, 0, true), (fragment!.Seen, fragment.Event.Length, isLatest));
        Assert.Equal(0, Renderer.Renders);
    }

    [Fact]
    public void Streams_of_one_viewer_share_a_rendering_that_is_dropped_after_the_last_closes()
    {
        var (first, second) = (_traces.Open(SpanData.Trace, Alice), _traces.Open(SpanData.Trace, Alice));
        Assert.Same(first, second);
        Assert.NotSame(first, _traces.Open(SpanData.Trace, new Viewer("bob", SeesAll: true)));
        Assert.Same(_traces.Open(SpanData.Trace, new Viewer("bob", SeesAll: true)),
            _traces.Open(SpanData.Trace, new Viewer("eve", SeesAll: true)));
        Assert.NotSame(first, _traces.Open(SpanData.Trace, new Viewer("", SeesAll: false)));

        _traces.Close(first);
        Assert.Equal(3, _traces.Count);
        _traces.Close(second);
        Assert.Equal(2, _traces.Count);
    }

    [Fact]
    public void After_a_rendering_a_viewer_waits_four_times_as_long()
    {
        var budget = new RenderBudget(_time);
        Assert.True(budget.TryBegin());
        Assert.False(budget.TryBegin());
        _time.Advance(TimeSpan.FromMilliseconds(100));
        budget.End();
        _time.Advance(TimeSpan.FromMilliseconds(399));
        Assert.False(budget.TryBegin());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(budget.TryBegin());
    }

    [Theory]
    [InlineData(2000, 4_000, 0)]
    [InlineData(3, 4_000, 2000)]
    public async Task Markup_is_cut_to_its_size_limit(int spans, int characters, int logs)
    {
        var text = new string('é', characters);
        var shown = Enumerable.Range(1, spans)
            .Select(id => SpanData.Of("user-service", "work", (ulong)id, tags: SpanData.Text("text", text)));
        var said = Enumerable.Range(0, logs).Select(_ => new LogRecord { TraceId = SpanData.Trace, Service = "gateway", Body = text });
        var trace = new TraceSnapshot(SpanData.Trace, [.. shown], [.. said], DateTimeOffset.UnixEpoch);

        var fragment = await Renderer.RenderAsync(trace, TraceVersion.Of(trace), Waterfall.MaxRows);
        Assert.InRange(fragment.Event.Length, 50, FragmentRenderer.MaxBytes);
        Assert.Contains(" are not shown.", Encoding.UTF8.GetString(fragment.Event), StringComparison.Ordinal);
        Assert.InRange(Renderer.Renders, 2, 12);

        var before = Renderer.Renders;
        await Renderer.RenderAsync(trace, TraceVersion.Of(trace), fragment.Rows);
        Assert.Equal(before + 1, Renderer.Renders);
    }

    [Fact]
    public async Task A_value_that_would_fill_an_event_is_cut_and_every_span_is_shown()
    {
        var shown = Enumerable.Range(1, 3)
            .Select(id => SpanData.Of("user-service", $"work-{id}", (ulong)id,
                tags: [SpanData.Text("text", new string('é', 2_000_000)), SpanData.Denied]));
        var trace = SpanData.Snapshot([.. shown]);

        var data = Encoding.UTF8.GetString((await Renderer.RenderAsync(trace, TraceVersion.Of(trace), Waterfall.MaxRows)).Event);
        Assert.InRange(data.Length, 1, FragmentRenderer.MaxBytes);
        Assert.Equal(1, Renderer.Renders);
        Assert.Equal(3, data.Split("✕ denied").Length - 1);
        Assert.Equal(3, data.Split("Long values and further details of this span are omitted.").Length - 1);
    }

    [Fact]
    public async Task A_client_that_does_not_read_buffers_part_of_one_event_and_is_disconnected()
    {
        _dashboard.Store.Add(
            [.. Enumerable.Range(2, 500).Select(id => SpanData.Of("user-service", $"work-{id}", (ulong)id, 1, SpanKind.Server))], []);
        // The first rendering takes longest, and what is to run out is the time for writing.
        var trace = _dashboard.Store.Find(SpanData.Trace)!;
        await Renderer.RenderAsync(trace, TraceVersion.Of(trace), Waterfall.MaxRows);
        var before = Renderer.Renders;
        var connection = new Pipe();
        var lifetime = new Lifetime();
        var context = await SignedInAsync("alice");
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(connection.Writer.AsStream()));
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);

        await _dashboard.Services.GetRequiredService<LiveStream>().SendAsync(SpanData.Trace, context);

        Assert.True(lifetime.IsAborted);
        Assert.Equal(0, _dashboard.Services.GetRequiredService<LiveTraces>().Count);
        Assert.True(connection.Reader.TryRead(out var read));
        Assert.InRange(read.Buffer.Length, 1, 96 * 1024);
        Assert.Equal(before + 1, Renderer.Renders);
    }

    private async Task<HttpContext> SignedInAsync(string person)
    {
        var identity = new ClaimsIdentity(
            [new("iss", _dashboard.Identity.Authority), new("sub", person), new("preferred_username", person)], "id_token");
        var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) };
        var key = await _dashboard.Tickets.StoreAsync(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, "provider"));
        var ticket = (await _dashboard.Tickets.RetrieveAsync(key))!;
        var context = new DefaultHttpContext { User = ticket.Principal };
        context.Features.Set<IAuthenticateResultFeature>(new Authenticated { AuthenticateResult = AuthenticateResult.Success(ticket) });
        return context;
    }

    private sealed class Authenticated : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
