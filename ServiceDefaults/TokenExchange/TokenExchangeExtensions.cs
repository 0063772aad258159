using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Adds token exchange.</summary>
public static class TokenExchangeExtensions
{
    /// <summary>Adds <see cref="ITokenExchanger"/> with its cache, and tokens of the service itself.</summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddTokenExchange(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityProvider();
        services.AddRevocations();
        services.AddSingleton<IdentityProviderClient>();
        services.AddSingleton<ExchangeCache>();
        services.AddSingleton<SharedExchanges>();
        services.AddSingleton<ITokenExchanger, TokenExchanger>();
        services.AddSingleton<ServiceTokens>();
        return builder;
    }
}
