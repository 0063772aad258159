using System.Diagnostics;
using TraceDemo.ServiceDefaults.Http;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Proxied requests bear our trace context instead of their sender's, from the propagator of this application.</summary>
internal sealed class ForwarderClients(DistributedContextPropagator propagator) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        ConnectionSettings.Apply(handler);
        handler.ActivityHeadersPropagator = propagator;
    }
}
