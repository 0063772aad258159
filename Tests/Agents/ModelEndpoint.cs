using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Tests.Agents;

/// <summary>A model endpoint on a real port, which answers as the test says and remembers what it was sent.</summary>
internal sealed class ModelEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelEndpoint(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/v1");

    public List<(Dictionary<string, string> Headers, string Path, string Body)> Received { get; } = [];

    public static async Task<ModelEndpoint> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var endpoint = new ModelEndpoint(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            // Kestrel uses the collection again for the next request, so it is copied.
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            endpoint.Received.Add((headers, context.Request.Path.Value!, await reader.ReadToEndAsync(context.RequestAborted)));
            await answer(context);
        });
        await app.StartAsync();
        return endpoint;
    }

    public static Task<ModelEndpoint> AnsweringAsync(int status, string body) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
