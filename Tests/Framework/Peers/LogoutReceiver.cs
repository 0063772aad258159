using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Tests.Framework.Http;

namespace TraceDemo.Tests.Framework.Peers;

/// <summary>A client's back-channel logout endpoint.</summary>
internal sealed class LogoutReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LogoutReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Tokens { get; } = [];
    public ConcurrentQueue<string?> TraceParents { get; } = [];
    public string Address => _app.Urls.Single();

    public static async Task<LogoutReceiver> StartAsync()
    {
        var receiver = new LogoutReceiver(LocalServer.Create());
        receiver._app.MapPost("/signout-backchannel", receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        TraceParents.Enqueue(context.Request.Headers.TraceParent);
        Tokens.Enqueue((await context.Request.ReadFormAsync(context.RequestAborted))["logout_token"]!);
    }
}
