using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// The receiver's own Kestrel: no page can be reached through its address and no telemetry through the pages' one, its limits are its
/// own, and its requests leave no span, log or metric, or the Dashboard would feed on itself.
/// </summary>
internal sealed partial class OtlpListener(IOptions<OtlpOptions> options, OtlpEndpoints endpoints, ILogger<OtlpListener> logger)
    : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens, with the real port.</summary>
    public Uri Address => new(_app!.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Value.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 256;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new ActivitySource("TraceDemo.Dashboard.Receiver"));

        _app = builder.Build();
        _app.Urls.Add(options.Value.Url);
        _app.Use(next => context =>
        {
            if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) { metrics.MetricsDisabled = true; }
            return next(context);
        });
        endpoints.Map(_app);
        await _app.StartAsync(cancellationToken);
        LogListening(Address, options.Value.Keys.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(EventName = "receiver.listening", Level = LogLevel.Information, Message = "Receiving OTLP/HTTP at {Address} with {Keys} keys")]
    private partial void LogListening(Uri address, int keys);
}
