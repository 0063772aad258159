using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// The receiver's own Kestrel: its address serves no pages, and the pages' address receives no telemetry; its limits are separate,
/// and its requests record no span, log or metric, to avoid a feedback loop.
/// </summary>
internal sealed partial class OtlpListener(
    IOptions<OtlpOptions> options, OtlpEndpoints endpoints, OtlpConnections connections, ILogger<OtlpListener> logger)
    : IHostedService, IAsyncDisposable
{
    // Senders send again within seconds; metrics, once a minute, reconnect.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    private WebApplication? _app;

    /// <summary>The listening address, with the actual port.</summary>
    public Uri Address =>
        new(_app!.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new ActivitySource("TraceDemo.Dashboard.Receiver"));

        _app = builder.Build();
        _app.Urls.Add(options.Value.Url);
        _app.Use(next => context =>
        {
            if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            {
                metrics.MetricsDisabled = true;
            }
            return next(context);
        });
        endpoints.Map(_app);
        await _app.StartAsync(cancellationToken);
        LogListening(Address, options.Value.Keys.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            endpoint.Use(next => context => connections.RunAsync(context, next));
        });
        // Connections are limited per sender and address; a total limit could be reached by anyone.
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.RequestHeadersTimeout = options.Value.RequestTimeout;
        kestrel.Limits.KeepAliveTimeout = Idle;
        // For the rest of a rejected body: a body that is read has its own, shorter timeout.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
            bytesPerSecond: 4096, options.Value.RequestTimeout + TimeSpan.FromSeconds(1));
        kestrel.Limits.MaxRequestBodySize = options.Value.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 32;
        // The budget does not include what Kestrel reads ahead of a body.
        kestrel.Limits.MaxRequestBufferSize = 32 * 1024;
    }

    [LoggerMessage(EventName = "receiver.listening", Level = LogLevel.Information,
        Message = "Receiving OTLP/HTTP at {Address} with {Keys} keys")]
    private partial void LogListening(Uri address, int keys);
}
