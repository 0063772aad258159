using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Adds the identity provider.</summary>
public static class IdentityExtensions
{
    /// <summary>A provider's responses are small; larger ones are rejected.</summary>
    private const int MaxResponseBytes = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds what every service needs of the provider: options, metadata, keys, token validation and readiness. An incomplete section
    /// <c>Identity</c> prevents startup. May be called twice.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddIdentityProvider(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(SigningKeys)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>().BindConfiguration(IdentityOptions.Section);
        services.AddHttpClient(IdentityProvider.Client, client =>
            {
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MaxResponseBytes;
            })
            .UseSocketsHttpHandler((handler, _) => ConnectionSettings.Apply(handler))
            .RemoveAllLoggers();
        services.AddSingleton<SigningKeys>();
        services.AddHostedService<SigningKeysRefresh>();
        services.AddSingleton(provider => new IdentityProvider(
            provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton(provider => new ProviderTokens(
            provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<IOptions<IdentityOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LogoutTokenValidator(
            provider.GetRequiredService<ProviderTokens>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().AddCheck<ProviderKeysCheck>("identity", tags: [HealthTags.Ready]);
        return services;
    }
}
