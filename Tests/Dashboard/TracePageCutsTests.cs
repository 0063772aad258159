using System.Net;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

public sealed class TracePageCutsTests
{
    [Fact]
    public async Task The_page_of_a_trace_shows_what_was_omitted_and_from_which_sender()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([SpanData.Entry(1, "alice"), SpanData.Of("gateway", "jwt_validation", 2, 1),
            SpanData.Of("gateway", "jwt_validation", 2, 1)], []);
        dashboard.Store.Add([],
            [.. Enumerable.Repeat(new LogRecord { TraceId = SpanData.Trace, Service = "agent-service", Body = "junk" },
                new TraceStoreOptions().LogsPerSender + 1234)]);
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");

        var html = WebUtility.HtmlDecode((await alice.GetAsync($"/traces/{SpanData.Trace}")).Html);
        Assert.Contains("agent-service sent more than its share: 0 spans and 1,234 logs are left out.", html, StringComparison.Ordinal);
        Assert.Contains("gateway sent 1 spans with ids it had used: the first of each is shown.", html, StringComparison.Ordinal);
        Assert.Contains("<b>1,234</b> beyond their sender's share", html, StringComparison.Ordinal);
        Assert.Contains("<b>1</b> sent twice", html, StringComparison.Ordinal);
    }
}
