using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>Configures how a service reads and writes trace context.</summary>
public static class PropagationExtensions
{
    /// <summary>Sets the treatment of incoming trace context; the default is <see cref="IncomingTraceContext.Trusted"/>.</summary>
    /// <param name="builder">The application, with telemetry added.</param>
    /// <param name="incoming">The treatment.</param>
    public static TBuilder TreatTraceContextAs<TBuilder>(this TBuilder builder, IncomingTraceContext incoming)
        where TBuilder : IHostApplicationBuilder
    {
        var propagator = builder.Services.Select(service => service.ImplementationInstance).OfType<TraceContextPropagator>().Last();
        Use(builder.Services, propagator.With(incoming));
        return builder;
    }

    internal static void AddPropagation(this IHostApplicationBuilder builder, Sw8Writer? sw8)
    {
        Use(builder.Services, new TraceContextPropagator(new SystemHosts(builder.Configuration), sw8));
        builder.Services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler((handler, provider) =>
        {
            if (handler is SocketsHttpHandler sockets)
            {
                sockets.ActivityHeadersPropagator = provider.GetRequiredService<DistributedContextPropagator>();
            }
        }));
    }

    /// <summary>The server resolves it from the container; clients created without a factory, and YARP, use the static one.</summary>
    private static void Use(IServiceCollection services, TraceContextPropagator propagator)
    {
        DistributedContextPropagator.Current = propagator;
        services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator>(propagator));
    }
}
