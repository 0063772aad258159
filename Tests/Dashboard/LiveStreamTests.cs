using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Many streams at once, over real HTTP.</summary>
public sealed class LiveStreamTests
{
    [Fact]
    public async Task Sixty_streams_of_a_large_trace_cost_one_rendering_and_the_next_is_refused()
    {
        // The clock stands, so the trace never becomes quiet.
        await using var dashboard = await StartAsync(ManualTime.Calendar(), ("PerPerson", "60"), ("Duration", "01:00:00"));
        using var alice = await SignInAsync(dashboard, "alice");
        using var carol = await SignInAsync(dashboard, "carol");
        dashboard.Store.Add([SpanData.Entry(1, "alice"),
            .. Enumerable.Range(2, 400).Select(id => SpanData.Of("user-service", $"work-{id}", (ulong)id, 1, SpanKind.Server))], []);

        var streams = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => FollowedTrace.OpenAsync(alice)));
        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.Status));
        Assert.All(await Task.WhenAll(streams.Select(stream => stream.NextAsync())),
            item => Assert.Contains("work-401", item.Data, StringComparison.Ordinal));
        Assert.Equal((1, 1), (Renders(dashboard), Open(dashboard)));

        await RefusedAsync(alice);
        Assert.Equal(HttpStatusCode.OK, (await carol.GetAsync("/traces")).Status);
        using var carols = await FollowedTrace.OpenAsync(carol);
        Assert.Equal(HttpStatusCode.OK, carols.Status);

        dashboard.Store.Add([SpanData.Of("user-service", "one-more", 500, 1, SpanKind.Server)], []);
        Assert.All(await Task.WhenAll(streams.Select(stream => stream.NextAsync())),
            item => Assert.Contains("one-more", item.Data, StringComparison.Ordinal));
        Assert.Equal(2, Renders(dashboard));

        foreach (var stream in streams)
        {
            stream.Dispose();
        }
        await Replica.UntilAsync(() => Task.FromResult(Open(dashboard) == 1));
    }

    [Fact]
    public async Task All_people_share_a_limit_and_closing_a_stream_frees_a_place()
    {
        await using var dashboard = await StartAsync(("InAll", "2"));
        using var alice = await SignInAsync(dashboard, "alice");
        using var carol = await SignInAsync(dashboard, "carol");
        var streams = await Task.WhenAll(FollowedTrace.OpenAsync(alice), FollowedTrace.OpenAsync(alice));

        await RefusedAsync(carol);
        streams[0].Dispose();
        await Replica.UntilAsync(async () =>
        {
            using var stream = await FollowedTrace.OpenAsync(carol);
            return stream.Status == HttpStatusCode.OK;
        });
        streams[1].Dispose();
    }

    [Fact]
    public async Task Refused_streams_take_no_place_of_others()
    {
        await using var dashboard = await StartAsync(("PerPerson", "1"), ("InAll", "2"));
        using var alice = await SignInAsync(dashboard, "alice");
        using var carol = await SignInAsync(dashboard, "carol");
        using var first = await FollowedTrace.OpenAsync(alice);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await RefusedAsync(alice);
        }

        using var carols = await FollowedTrace.OpenAsync(carol);
        Assert.Equal(HttpStatusCode.OK, carols.Status);
    }

    [Fact]
    public async Task Each_viewer_gets_what_they_may_see_and_all_admins_one_rendering()
    {
        await using var dashboard = await StartAsync();
        dashboard.Store.Add([SpanData.Entry(1, "alice"), SpanData.Of("user-service", "alices-work", 2, 1, SpanKind.Server),
            SpanData.Entry(3, "carol"), SpanData.Of("user-service", "carols-work", 4, 3, SpanKind.Server)], []);
        using var alice = await SignInAsync(dashboard, "alice");
        using var bob = await SignInAsync(dashboard, "bob");
        foreach (var (person, alices, carols) in new[] { (alice, true, false), (bob, true, true), (bob, true, true) })
        {
            using var stream = await FollowedTrace.OpenAsync(person);
            var data = (await stream.NextAsync()).Data;
            Assert.Equal((alices, carols),
                (data.Contains("alices-work", StringComparison.Ordinal), data.Contains("carols-work", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Signing_out_ends_all_live_streams()
    {
        await using var dashboard = await StartAsync(ManualTime.Calendar(), ("Duration", "01:00:00"));
        using var alice = await SignInAsync(dashboard, "alice");
        dashboard.Store.Add([SpanData.Entry(1, "alice")], []);
        using var stream = await FollowedTrace.OpenAsync(alice);
        Assert.Equal("trace", (await stream.NextAsync()).EventType);

        await alice.SubmitAsync("/signout");
        Assert.Equal("done", (await stream.NextAsync()).EventType);
    }

    private static Task<DashboardHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    private static Task<DashboardHost> StartAsync(TimeProvider? time, params (string Name, string Value)[] settings) =>
        DashboardHost.StartAsync(time, builder =>
    {
        foreach (var (name, value) in settings)
        {
            builder.Configuration[$"Streams:{name}"] = value;
        }
    });

    private static async Task<Visitor> SignInAsync(DashboardHost dashboard, string person)
    {
        var visitor = dashboard.Visit();
        await visitor.SignInAsync(person);
        return visitor;
    }

    private static async Task RefusedAsync(Visitor person)
    {
        using var stream = await FollowedTrace.OpenAsync(person);
        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (stream.Status, stream.Response.Headers.RetryAfter?.ToString()));
        var problem = await stream.Response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("rate_limited", problem.GetProperty("reason").GetString());
    }

    private static long Renders(DashboardHost dashboard) => dashboard.Services.GetRequiredService<FragmentRenderer>().Renders;

    private static int Open(DashboardHost dashboard) => dashboard.Services.GetRequiredService<LiveTraces>().Count;
}
