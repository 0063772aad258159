using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.Routing;

internal static class ForwarderErrors
{
    /// <summary>False without an error, and for a cancellation: a caller that disconnects is not a failure.</summary>
    public static bool IsFailure(this ForwarderError error) => error is not (ForwarderError.None or ForwarderError.RequestCanceled
        or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled);
}
