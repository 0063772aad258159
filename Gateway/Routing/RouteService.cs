using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Gateway.Routing;

internal static class RouteService
{
    /// <summary>The service behind a route; each cluster is named after its service.</summary>
    public static string Service(this RouteConfig route) =>
        route.ClusterId ?? throw new InvalidOperationException($"The route '{route.RouteId}' names no cluster.");
}
