using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace TraceDemo.Gateway.Routing;

/// <summary>
/// The span around the proxy's processing of a request: transforms, exchange, forwarding. Replaces YARP's own span, which has kind
/// SERVER although it is below the server span. A response of the upstream service is not an error here, whatever its status.
/// </summary>
internal static class ForwarderSpan
{
    public static async Task ObserveAsync(HttpContext context, Func<Task> next)
    {
        using var span = Instrumentation.Source.StartActivity(TelemetryNames.Proxy.Span);
        if (span is { IsAllDataRequested: true } && context.Features.Get<IReverseProxyFeature>() is { } proxy)
        {
            span.SetTag(TelemetryNames.Proxy.RouteId, proxy.Route.Config.RouteId);
            span.SetTag(TelemetryNames.Proxy.ClusterId, proxy.Route.Config.ClusterId);
        }

        try
        {
            await next();
        }
        finally
        {
            if (span is not null && Failure(context) is { } error)
            {
                span.SetTag(TelemetryNames.Server.ErrorType, error.ToString());
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    /// <summary>The forwarding error; a disconnected caller is not an error.</summary>
    private static ForwarderError? Failure(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Error is { } error && !context.RequestAborted.IsCancellationRequested
        && error.IsFailure()
            ? error
            : null;
}
