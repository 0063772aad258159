using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Whoever opens a large page and reads none of it.</summary>
public sealed class SlowReaderTests : IAsyncLifetime
{
    private DashboardHost _dashboard = null!;
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await DashboardHost.StartAsync();
        _dashboard.Store.Add([SpanData.Entry(1, "alice")], []);
        // More in markup than the operating system takes from the Dashboard for somebody who does not read.
        var text = SpanData.Text("text", new string('"', 1000));
        _dashboard.Store.Add(
            [.. Enumerable.Range(2, 2000).Select(id => SpanData.Of("user-service", "work", (ulong)id, 1, SpanKind.Server, "alice", text))],
            []);
        _alice = _dashboard.Visit();
        await _alice.SignInAsync("alice");
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task Reading_a_page_slowly_does_not_delay_other_pages_of_the_same_person()
    {
        using var slow = await OpenAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
    }

    [Fact]
    public async Task A_few_pages_are_buffered_for_slow_readers_and_a_further_one_blocks_only_that_person()
    {
        List<Socket> held = [];
        for (var count = 0; count < RenderedPages.MostPerPerson; count++)
        {
            held.Add(await OpenAsync());
        }
        var inItsTurn = await OpenAsync();

        var waiting = StatusAsync();
        await Replica.UntilAsync(() => Task.FromResult(Waiting() == 1));
        Assert.False(waiting.IsCompleted);
        using var carol = _dashboard.Visit();
        await carol.SignInAsync("carol");
        Assert.Equal(HttpStatusCode.OK, (await carol.GetAsync("/traces")).Status);

        Leave(inItsTurn);
        Assert.Equal(HttpStatusCode.OK, await waiting);
        held.ForEach(Leave);
    }

    [Fact]
    public async Task A_buffered_page_is_sent_complete()
    {
        var page = await _alice.GetAsync($"/traces/{SpanData.Trace}");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Response.Content.Headers.ContentType?.MediaType));
        Assert.InRange(page.Html.Length, 4_000_000, 25 << 20);
        Assert.EndsWith("</html>", page.Html.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _alice.GetAsync("/traces/nonsense")).Status);
    }

    private async Task<HttpStatusCode> StatusAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, _alice.Home("/traces"));
        request.Headers.Add("Cookie", _alice.Cookies);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Returns when the answer has begun to come.</summary>
    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_dashboard.Address.Host, _dashboard.Address.Port, TestContext.Current.CancellationToken);
        var request = $"GET /traces/{SpanData.Trace} HTTP/1.1\r\nHost: {_dashboard.Address.Authority}\r\nCookie: {_alice.Cookies}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        var begin = new byte[12];
        var read = await socket.ReceiveAsync(begin, TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(begin, 0, read));
        return socket;
    }

    private static void Leave(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private long Waiting()
    {
        var page = new DefaultHttpContext { User = PageFloodTests.Person(_dashboard, "alice") };
        page.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(new OneAtATimeAttribute()), "test"));
        return _dashboard.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!.GetStatistics(
            page)!.CurrentQueuedCount;
    }
}
