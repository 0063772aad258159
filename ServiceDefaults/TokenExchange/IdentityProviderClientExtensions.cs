using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.TokenExchange;

internal static class IdentityProviderClientExtensions
{
    /// <summary>Answers of a provider are small; more is not one.</summary>
    private const int LargestAnswer = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddIdentityProviderClient(this IServiceCollection services)
    {
        services.AddHttpClient<IdentityProviderClient>(client =>
            {
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = LargestAnswer;
            })
            .UseSocketsHttpHandler((handler, _) => ConnectionSettings.Apply(handler))
            .RemoveAllLoggers();
        return services;
    }
}
