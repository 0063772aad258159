using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults;

/// <summary>What every service shares.</summary>
public static class ServiceDefaultsExtensions
{
    private const int MaxBodyBytes = 64 * 1024;

    // HeaderLimit answers 431 above 32 KiB with a reason; Kestrel's own, higher limit answers without one.
    private const int KestrelHeaderLimit = 64 * 1024;

    /// <summary>Adds telemetry, problems, health, request limits, the audit, and Redis if configured.</summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
#if RESTRICTED_FEED
        RestrictedFeed.RestrictedFeedExtensions.AddRestrictedFeed(builder.Services);
#endif
        builder.AddTelemetry();
        builder.AddPeerChecks();
        builder.AddRedis();
        builder.AddAudit();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddProblems();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = ReadableJson.Options.Encoder);
        // The slim builder, which avoids loading IIS and QUIC into each service, omits TLS; an https address must still work.
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = KestrelHeaderLimit;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>
    /// Call immediately before mapping endpoints, after the application's own middleware: names spans by route, records requests to audited
    /// endpoints, and turns the endpoints' exceptions into problems.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<RouteName>();
        app.UseMiddleware<AuditedRequests>();
        // A second time, besides the edge: in Development the exception page is between the two, and logs every exception that
        // reaches it as a failure of the server.
        app.UseExceptionHandler();
        return app;
    }

    /// <summary>
    /// Maps <c>/health</c> (readiness, including the state of peers) and <c>/alive</c>, in every environment: probes need them.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}
