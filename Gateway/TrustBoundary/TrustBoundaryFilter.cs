using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>The outermost steps: processes forwarded headers of known proxies, removes
/// untrusted headers, and adds security headers to every response.</summary>
internal sealed class TrustBoundaryFilter(IOptions<TrustBoundaryOptions> options, IHostEnvironment environment) : IStartupFilter
{
    private readonly bool _links = options.Value.TraceContext == IncomingTraceContext.Link;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // Without a configured proxy the middleware would trust every sender.
        if (options.Value.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseStrictTransport(environment);
        app.Use(Enter);
        next(app);
    };

    private Task Enter(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static response => SecurityHeaders.AddTo((HttpResponse)response), context.Response);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
        {
            Describe(span, context);
        }

        IncomingHeaders.Strip(context.Request.Headers);
        return next(context);
    }

    private void Describe(Activity span, HttpContext context)
    {
        span.SetTag(TelemetryNames.Server.ClientAddress, context.Connection.RemoteIpAddress?.ToString());
        if (_links && TraceContextPropagator.Read(context.Request.Headers, Header) is { } caller)
        {
            span.AddLink(new ActivityLink(
                new ActivityContext(caller.TraceId, caller.SpanId, ActivityTraceFlags.None, caller.TraceState, isRemote: true)));
        }
    }

    private static void Header(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        value = ((IHeaderDictionary)carrier!)[name];
        values = null;
    }
}
