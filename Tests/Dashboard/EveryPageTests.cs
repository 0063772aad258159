using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Every page, for each kind of visitor, on a Dashboard that has just started:
/// empty, or with what background work of a start sends.</summary>
public sealed class EveryPageTests
{
    /// <summary>Route, an address of it, what a signed-in person without traces gets, and what anybody else does.</summary>
    private static readonly (string Route, string Address, int SignedIn, bool IsOpen)[] Pages =
    [
        ("/", "/", 200, false),
        ("/try", "/try", 200, false),
        ("/traces", "/traces", 200, false),
        ("/traces", "/traces?service=gateway&outcome=failed&min=1", 200, false),
        ("/traces/{Id}", $"/traces/{SpanData.Trace}", 404, false),
        ("/traces/{id}/live", $"/traces/{SpanData.Trace}/live", 200, false),
        ("/traces/{id}/raw", $"/traces/{SpanData.Trace}/raw", 404, false),
        ("/sign-in-failed", "/sign-in-failed", 200, true),
        ("/signed-out", "/signed-out", 200, true),
        ("/assets/{name}", "/assets/app.css", 200, true),
        ("/health", "/health", 200, true),
        ("/alive", "/alive", 200, true),
    ];

    private static readonly LogRecord Log = new()
    {
        TraceId = SpanData.Trace,
        SpanId = new SpanId(7),
        Service = "gateway",
        Time = 1_000_000_000,
        Severity = "Information",
        Body = "the background work of a start",
    };

    [Theory]
    [InlineData("alice", false, false)]
    [InlineData("bob", false, false)]
    [InlineData("bob", true, true)]
    [InlineData("alice", true, false)]
    public async Task Signed_in_people_get_every_page_of_a_fresh_system(string person, bool withLogs, bool seesThem)
    {
        await using var dashboard = await DashboardHost.StartAsync(
            before: builder => builder.Configuration["Streams:Duration"] = "00:00:00.100");
        if (withLogs)
        {
            dashboard.Store.Add([], [Log]);
        }
        using var visitor = dashboard.Visit();
        await visitor.SignInAsync(person);
        foreach (var (_, address, status, _) in Pages)
        {
            var page = await visitor.GetAsync(address);
            Assert.Equal((address, seesThem ? 200 : status), (address, (int)page.Status));
            Assert.Equal(dashboard.Address.Port, page.Address.Port);
        }
    }

    [Fact]
    public async Task Anonymous_visitors_get_the_public_pages_and_the_login_form_for_all_others()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([SpanData.Entry(1, "alice")], [Log]);
        foreach (var (_, address, status, open) in Pages)
        {
            using var stranger = dashboard.Visit();
            var page = await stranger.GetAsync(address);
            Assert.Equal((address, open ? status : 200), (address, (int)page.Status));
            Assert.Equal((address, !open), (address, page.Html.Contains("kc-form-login", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Every_page_is_covered_by_these_tests()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        var routes = dashboard.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.StartsWith("/_", StringComparison.Ordinal));
        Assert.Equal(Pages.Select(page => page.Route).Distinct().Order(StringComparer.Ordinal),
            routes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_trace_with_only_logs_is_listed_and_shown_to_an_admin()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([], [Log, Log with { Time = 3_000_000_000, Service = "agent-service", Body = "the second one" }]);
        using var bob = dashboard.Visit();
        await bob.SignInAsync("bob");

        var list = await bob.GetAsync("/traces?service=agent-service");
        Assert.Contains(TraceSummary.LogsOnly, list.Html, StringComparison.Ordinal);
        var page = await bob.GetAsync($"/traces/{SpanData.Trace}");
        Assert.Contains("2.00 s", page.Html, StringComparison.Ordinal);
        Assert.Contains("the background work of a start", page.Html, StringComparison.Ordinal);
        Assert.Contains("the second one", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/traces/{SpanData.Trace}/live")).Status);
    }

    [Fact]
    public void A_trace_without_kept_spans_has_a_summary()
    {
        var received = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var summary = TraceSummary.Of(new TraceSnapshot(SpanData.Trace, [], [], received));
        Assert.Equal((received, TimeSpan.Zero, 0, Outcome.None), (summary.Started, summary.Duration, summary.SpanCount, summary.Outcome));
    }

    [Fact]
    public void Logs_do_not_change_the_summary_of_a_trace()
    {
        var spans = new[] { SpanData.Entry(1, "alice"), SpanData.Of("user-service", "work", 2, 1, SpanKind.Server, tags: SpanData.Denied) };
        var summary = TraceSummary.Of(new TraceSnapshot(SpanData.Trace, spans, [Log], DateTimeOffset.UnixEpoch));
        Assert.Equal(("POST /api/access-delegated", 2, Outcome.Denied), (summary.Operation, summary.SpanCount, summary.Outcome));
    }
}
