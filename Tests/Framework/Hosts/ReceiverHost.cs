using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard.Forwarding;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>The receiver and the store behind it, on a free port of this machine.</summary>
internal sealed class ReceiverHost : IAsyncDisposable
{
    public static readonly TraceId Trace = new(0xabababababababab, 0xabababababababab);

    private readonly WebApplication _app;

    private ReceiverHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })
        {
            BaseAddress = app.Services.GetRequiredService<OtlpListener>().Address,
        };
    }

    public HttpClient Http { get; }
    public TraceStore Store => _app.Services.GetRequiredService<TraceStore>();
    public IntakeCounters Counters => _app.Services.GetRequiredService<IntakeCounters>();
    public IReadOnlyList<Span> Spans => Store.Find(Trace)?.Spans ?? [];

    public IServiceProvider Services => _app.Services;

    public static Task<ReceiverHost> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<ReceiverHost> StartAsync(Action<WebApplicationBuilder> before, params (string Name, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Otlp:Url"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }
        before(builder);
        builder.AddTraces();
        builder.AddForwarding();
        builder.AddReceiver();
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ReceiverHost(app);
    }

    public async Task<HttpResponseMessage> PostAsync(
        byte[] body, string path = "/v1/traces", string contentType = "application/x-protobuf", string? encoding = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }
        if (key is not null)
        {
            request.Headers.Add("x-otlp-api-key", key);
        }
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(
        byte[] body, string path = "/v1/traces", string contentType = "application/x-protobuf", string? encoding = null, string? key = null)
    {
        using var response = await PostAsync(body, path, contentType, encoding, key);
        return response.StatusCode;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public static byte[] Gzip(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }
        return buffer.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
