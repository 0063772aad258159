using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Contracts.Registry;

/// <summary>Adds the view of the agent registry.</summary>
public static class RegistryExtensions
{
    /// <summary>Adds <see cref="RegistryView"/>, refreshed from agent-service with the service's own token.</summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddRegistryView(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<RegistryClient>("agent-service").WithServiceToken("agents:read");
        builder.Services.AddSingleton<RegistryView>();
        builder.Services.AddHostedService<RegistryRefresh>();
        return builder;
    }
}
