using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>The gateway's YARP without anything else.</summary>
internal static class BareProxy
{
    public static Action<WebApplication> Add(WebApplicationBuilder builder, Uri next)
    {
        var cluster = new ClusterConfig
        {
            ClusterId = "next",
            Destinations = new Dictionary<string, DestinationConfig>
            {
                ["only"] = new() { Address = next.GetLeftPart(UriPartial.Authority) },
            },
            HttpRequest = new ForwarderRequestConfig
            {
                Version = HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            },
        };
        builder.Services.AddRoutingCore();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [
                Route("access-delegated", "/api/access-delegated", new() { ["PathSet"] = "/delegate" }),
                Route("everything", "/api/{**path}", new() { ["PathRemovePrefix"] = "/api" }),
            ],
            [cluster]);
        return app => app.MapReverseProxy();
    }

    private static RouteConfig Route(string id, string path, Dictionary<string, string> transform) =>
        new() { RouteId = id, ClusterId = "next", Match = new RouteMatch { Path = path }, Transforms = [transform] };
}
