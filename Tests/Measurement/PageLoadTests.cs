using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Measurement;

/// <summary>What the benchmark of pages sends is what it says.</summary>
public sealed class PageLoadTests
{
    [Fact]
    public async Task A_reported_request_is_one_trace_whose_person_sees_all_of_it_and_gets_the_page()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        var id = new ReportedRequest(dashboard.Services.GetRequiredService<OtlpListener>().Address, _ => "no key is configured")
            .Send("alice", spansPerService: 3);

        Assert.True(TraceId.TryParse(id, null, out var trace));
        var seen = dashboard.Store.Find(trace)!.SeenBy(new Viewer("alice", SeesAll: false))!;
        Assert.Equal((4 * 4, 4), (seen.Spans.Count, seen.Spans.Select(span => span.Service).Distinct().Count()));

        using var alice = await BrowserSession.SignInAsync(dashboard.Address, "alice", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await alice.GetAsync($"/traces/{id}", TestContext.Current.CancellationToken));
        using var carol = await BrowserSession.SignInAsync(dashboard.Address, "carol", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, await carol.GetAsync($"/traces/{id}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failed_sign_in_aborts_the_run()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => BrowserSession.SignInAsync(dashboard.Address, "nobody", TestContext.Current.CancellationToken));
    }
}
