using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Telemetry;

namespace TraceDemo.Tests.Framework.Peers;

/// <summary>
/// Responds like the gateway, with the content that a test needs: the real gateway cannot be made to return most of these responses.
/// </summary>
internal sealed class GatewayStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayStandIn(WebApplication app) => _app = app;

    public Uri Address =>
        new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>The response of the access endpoints.</summary>
    public (int Status, string Json) Answer { get; set; } = (200,
        """{"granted":true,"reason":"department_match","decision":"""
            + """{"decision":"allow","rule":"departments","callerType":"user","missing":[]}}""");

    /// <summary>The policy's matrix.</summary>
    public (int Status, string Json) Matrix { get; set; } = (200,
        """{"rows":[{"agent":null,"cells":[]},{"agent":"gpt4","cells":[{"document":"DOC-005","decision":"allow"}]},"""
            + """{"agent":"summarizer","cells":[{"document":"DOC-005","decision":"deny"}]}]}""");

    /// <summary>The list of documents.</summary>
    public string Documents { get; set; } = """[{"id":"DOC-005","title":"Budget <Projections>"}]""";

    /// <summary>Path, bearer token and body of each call.</summary>
    public ConcurrentQueue<(string Path, string Token, string Body)> Calls { get; } = new();

    public static async Task<GatewayStandIn> StartAsync()
    {
        var app = LocalServer.Create();
        var gateway = new GatewayStandIn(app);
        app.MapGet("/api/agents",
            () => Results.Text("""[{"id":"gpt4","name":"GPT-4","enabled":true},{"id":"summarizer","name":"Summarizer","enabled":false}]""",
                "application/json"));
        app.MapGet("/api/documents", () => Results.Text(gateway.Documents, "application/json"));
        app.MapGet("/api/policy/matrix", () => Results.Text(gateway.Matrix.Json, "application/json", statusCode: gateway.Matrix.Status));
        app.MapPost("/api/{operation}", (Delegate)gateway.AccessAsync);
        app.MapGet("/alive", () => "");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AccessAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Calls.Enqueue(
            (context.Request.Path, context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.Headers["Trace-Id"] = SpanData.Trace.ToString();
        return Results.Text(Answer.Json, "application/json", statusCode: Answer.Status);
    }
}
