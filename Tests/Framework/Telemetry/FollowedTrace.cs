using System.Net;
using System.Net.ServerSentEvents;
using TraceDemo.Tests.Framework.Http;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>An event stream of a trace, as a signed-in browser reads it.</summary>
internal sealed class FollowedTrace : IDisposable
{
    private readonly HttpClient _http;
    private IAsyncEnumerator<SseItem<string>>? _events;

    private FollowedTrace(HttpClient http, HttpResponseMessage response)
    {
        _http = http;
        Response = response;
    }

    public HttpResponseMessage Response { get; }

    public HttpStatusCode Status => Response.StatusCode;

    public static async Task<FollowedTrace> OpenAsync(Visitor person)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, person.Home($"/traces/{SpanData.Trace}/live"));
        request.Headers.Add("Cookie", person.Cookies);
        return new FollowedTrace(http,
            await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
    }

    /// <summary>The next event.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        _events ??= SseParser.Create(await Response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
            .EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken),
            "The stream has ended.");
        return _events.Current;
    }

    public void Dispose()
    {
        Response.Dispose();
        _http.Dispose();
    }
}
