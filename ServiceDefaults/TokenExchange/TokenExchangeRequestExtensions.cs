using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>What a single request needs other than its client's default.</summary>
public static class TokenExchangeRequestExtensions
{
    internal static readonly HttpRequestOptionsKey<ExchangePlan> Plan = new("TraceDemo.ExchangePlan");

    /// <summary>
    /// Sets what the caller's token is exchanged for on this very request. Requester, audience and scope travel with the request,
    /// because several clients may share one process and one connection pool.
    /// </summary>
    /// <param name="request">The request to send.</param>
    /// <param name="plan">For what, and as whom.</param>
    public static HttpRequestMessage ExchangingFor(this HttpRequestMessage request, ExchangePlan plan)
    {
        request.Options.Set(Plan, plan);
        return request;
    }

    /// <summary>Sends every request of this client with a token exchanged for
    /// <paramref name="plan"/>, unless the request has a plan of its own.</summary>
    /// <param name="client">The service client.</param>
    /// <param name="plan">For what; null when each request says so itself.</param>
    public static IHttpClientBuilder WithTokenExchange(this IHttpClientBuilder client, ExchangePlan? plan = null)
    {
        client.Services.AddHttpContextAccessor();
        return client.AddHttpMessageHandler(services => new TokenExchangeHandler(
            services.GetRequiredService<ITokenExchanger>(), services.GetRequiredService<IHttpContextAccessor>(), plan));
    }
}
