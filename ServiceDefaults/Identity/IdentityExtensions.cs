using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Adds the identity provider.</summary>
public static class IdentityExtensions
{
    /// <summary>Answers of a provider are small; more is not one.</summary>
    private const int LargestAnswer = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What everybody needs of the provider: options, metadata, keys, the check of what it signed, and readiness. Fails the start when
    /// section <c>Identity</c> is incomplete. May be called twice.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Holds section <c>Identity</c>.</param>
    public static IServiceCollection AddIdentityProvider(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(SigningKeys))) { return services; }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>();
        services.AddHttpClient(
                IdentityProvider.Client,
                client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout, LargestAnswer))
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
