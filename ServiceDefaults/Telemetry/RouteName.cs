using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Names the server span as soon as the route is known, because outgoing calls may transmit the name.</summary>
internal sealed class RouteName(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
        {
            span.DisplayName = ServerSpans.NameOf(context);
        }

        return next(context);
    }
}
