using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.Routing;

/// <summary>Says in our words what went wrong between gateway and service; what a service itself answered passes unchanged.</summary>
internal static class ProxyErrors
{
    public static async Task ExplainAsync(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.Response.HasStarted || context.GetForwarderErrorFeature() is not { Error: var error }) { return; }

        // Whatever broke off when the caller went away is nobody's failure, and the proxy's bare 400 no fault of the request's.
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            context.Response.StatusCode = ReasonCode.RequestAborted.Status;
            return;
        }

        switch (error)
        {
            case ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
                or ForwarderError.ResponseBodyCanceled:
                break;
            case ForwarderError.RequestTimedOut:
                await Problem.WriteAsync(context, ReasonCode.UpstreamTimeout,
                    "The service behind the gateway took too long; try again in a moment.");
                break;
            case ForwarderError.RequestBodyClient:
                await Problem.WriteAsync(context, ReasonCode.RequestInvalid, "The request's body could not be read.");
                break;
            default:
                await Problem.WriteAsync(context, ReasonCode.UpstreamUnavailable,
                    "The service behind the gateway does not answer; /health shows which.");
                break;
        }
    }
}
