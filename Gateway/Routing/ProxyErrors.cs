using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.Routing;

/// <summary>Reports errors between gateway and service as problems; a service's own responses pass unchanged.</summary>
internal static class ProxyErrors
{
    public static async Task ExplainAsync(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.Response.HasStarted || context.GetForwarderErrorFeature() is not { Error: var error })
        {
            return;
        }

        // A request aborted by its caller is not a failure, and the proxy's bare 400 does not mean that the request was invalid.
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            context.Response.StatusCode = ReasonCode.RequestAborted.Status;
            return;
        }

        if (!error.IsFailure())
        {
            return;
        }

        switch (error)
        {
            case ForwarderError.RequestTimedOut:
                await Problem.WriteAsync(context, ReasonCode.UpstreamTimeout,
                    "The upstream service did not respond in time; try again in a moment.");
                break;
            case ForwarderError.RequestBodyClient:
                await Problem.WriteAsync(context, ReasonCode.RequestInvalid, "The request body could not be read.");
                break;
            default:
                await Problem.WriteAsync(context, ReasonCode.UpstreamUnavailable,
                    "The upstream service is unavailable; /health shows which.");
                break;
        }
    }
}
