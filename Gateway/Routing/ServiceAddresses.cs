using System.Net;
using TraceDemo.Gateway.TrustBoundary;
using TraceDemo.ServiceDefaults.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.Routing;

/// <summary>Resolves clusters, which the configuration names after services, to the services' addresses.</summary>
internal sealed class ServiceAddresses(IConfiguration configuration) : IProxyConfigFilter
{
    private static readonly TimeSpan DefaultUpstreamTimeout = TimeSpan.FromSeconds(15);

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var address = ServiceClientExtensions.Address(configuration, cluster.ClusterId);
        return new(cluster with
        {
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
            {
                ["only"] = new() { Address = address.AbsoluteUri },
            },
            HttpRequest = new ForwarderRequestConfig
            {
                // Without TLS there is no HTTP/2 negotiation, and prior knowledge would restrict a caller to one connection.
                Version = address.Scheme == "https" ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
                ActivityTimeout = configuration.GetValue($"{TrustBoundaryOptions.Section}:UpstreamTimeout", DefaultUpstreamTimeout),
            },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
