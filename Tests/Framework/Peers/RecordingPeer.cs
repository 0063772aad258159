using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Tests.Framework.Http;

namespace TraceDemo.Tests.Framework.Peers;

/// <summary>The peer of the service under test, on a real port. It returns the test's response and records each request.</summary>
internal sealed class RecordingPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();

    private RecordingPeer(WebApplication app, RequestDelegate answer)
    {
        _app = app;
        Answer = answer;
    }

    public Uri Address => new(_app.Urls.Single());

    public RequestDelegate Answer { get; set; }

    public IReadOnlyCollection<ReceivedRequest> Received => _received;

    public static async Task<RecordingPeer> StartAsync(RequestDelegate answer)
    {
        var app = LocalServer.Create();
        var peer = new RecordingPeer(app, answer);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            // Kestrel uses the collection again for the next request, so it is copied.
            var headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            peer._received.Enqueue(new(headers, context.Request.Path.Value!, await reader.ReadToEndAsync(context.RequestAborted)));
            await peer.Answer(context);
        });
        await app.StartAsync();
        return peer;
    }

    public static Task<RecordingPeer> AnsweringAsync(int status, string body) => StartAsync(Says(status, body));

    public static RequestDelegate Says(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
