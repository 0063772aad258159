using TraceDemo.Gateway.Limits;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using Yarp.ReverseProxy.Transforms.Builder;

namespace TraceDemo.Gateway.Routing;

internal static class RoutingExtensions
{
    /// <summary>The clients that people use to reach the system.</summary>
    private static readonly string[] Clients = ["dashboard", "tracedemo-cli"];

    public static WebApplicationBuilder AddRouting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ITransformProvider, ExchangeTransform>();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ServiceAddresses>();
        return builder;
    }

    public static void MapRouting(this WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(BodyLimit.EnforceAsync);
            proxy.Use(ForwarderSpan.ObserveAsync);
            proxy.Use(ProxyErrors.ExplainAsync);
        }).Accept(Callers.Person(Clients)).Audited();
}
