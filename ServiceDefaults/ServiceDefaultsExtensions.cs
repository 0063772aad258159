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
    private const int LargestBody = 64 * 1024;

    // HeaderLimit answers 431 from 32 KiB on, with a reason; Kestrel's own limit, without one, stands behind it.
    private const int KestrelHeaderLimit = 64 * 1024;

    /// <summary>Telemetry, problems, health, request limits, the audit, and Redis where the configuration names one.</summary>
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
        // The slim builder, without which each service carries IIS and QUIC along, leaves TLS out; an https address must work all the same.
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = KestrelHeaderLimit;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>
    /// Right before the endpoints, so behind the application's own middleware: names spans by route, puts requests to audited endpoints on
    /// record, and turns the endpoints' exceptions into problems.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<RouteName>();
        app.UseMiddleware<AuditedRequests>();
        // Once more than at the edge: in Development the exception page stands between the two, and logs as a failure of the server
        // whatever reaches it.
        app.UseExceptionHandler();
        return app;
    }

    /// <summary>
    /// Maps <c>/health</c> (readiness, with the state of peers shown) and <c>/alive</c>, in every environment: probes need them.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}
