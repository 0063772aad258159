using System.Diagnostics;
using TraceDemo.ServiceDefaults.Telemetry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace TraceDemo.Gateway.Routing;

/// <summary>
/// The span around what the proxy does with a request: transforms, exchange, forwarding. In place of YARP's own, which claims to be of
/// kind SERVER below the server span that there is. An answer of the service behind is no error here, whatever it says.
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

    /// <summary>What went wrong on the way; a caller that has gone away did nothing wrong.</summary>
    private static ForwarderError? Failure(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Error is { } error && !context.RequestAborted.IsCancellationRequested
        && error is not (ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
            or ForwarderError.ResponseBodyCanceled)
            ? error
            : null;
}
