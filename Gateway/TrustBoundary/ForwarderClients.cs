using System.Diagnostics;
using TraceDemo.ServiceDefaults.Http;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Proxied requests carry our trace context instead of the sender's, from this application's propagator.</summary>
internal sealed class ForwarderClients(DistributedContextPropagator propagator) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        ConnectionSettings.Apply(handler);
        handler.ActivityHeadersPropagator = propagator;
    }
}
