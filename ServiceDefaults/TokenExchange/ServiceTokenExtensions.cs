using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Adds the service's own token to a client's requests.</summary>
public static class ServiceTokenExtensions
{
    /// <summary>Sends every request of this client with the service's own token, for calls without a person.</summary>
    /// <param name="client">The service client.</param>
    /// <param name="scope">The requested scope, which in this realm also determines the audience.</param>
    public static IHttpClientBuilder WithServiceToken(this IHttpClientBuilder client, string scope) =>
        client.AddHttpMessageHandler(services => new ServiceTokenHandler(services.GetRequiredService<ServiceTokens>(), scope));
}
