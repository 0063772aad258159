using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
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

    // RequestEdge answers 431 from 32 KiB on, with a reason; Kestrel's own limit, without one, stands behind it.
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
        builder.Services.AddSingleton<IStartupFilter, RequestEdgeFilter>();
        builder.Services.AddSingleton<ExceptionProblems>();
        builder.Services.AddSingleton<IDeveloperPageExceptionFilter>(services => services.GetRequiredService<ExceptionProblems>());
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = ReadableJson.Options.Encoder);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
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
    /// Maps <c>/health</c> (readiness, with the state of peers shown) and <c>/alive</c>, in every environment: probes need them. Exceptions
    /// of all endpoints become problems, and requests to audited endpoints go on record.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseMiddleware<RouteName>();
        app.UseMiddleware<AuditedRequests>();
        app.UseMiddleware<ExceptionMiddleware>();
        app.MapHealth();
        return app;
    }

    private sealed class RequestEdgeFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<RequestEdge>();
            app.UseMiddleware<ExceptionMiddleware>();
            next(app);
        };
    }
}
