using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Overrides the client's default exchange for a single request.</summary>
public static class TokenExchangeRequestExtensions
{
    internal static readonly HttpRequestOptionsKey<ExchangePlan> Plan = new("TraceDemo.ExchangePlan");

    /// <summary>
    /// Sets the exchange for this request. Requester, audience and scope belong to the request,
    /// because several clients may share one process and one connection pool.
    /// </summary>
    /// <param name="request">The request to send.</param>
    /// <param name="plan">The target and the requester.</param>
    public static HttpRequestMessage ExchangingFor(this HttpRequestMessage request, ExchangePlan plan)
    {
        request.Options.Set(Plan, plan);
        return request;
    }

    /// <summary>Sends every request of this client with a token exchanged for
    /// <paramref name="plan"/>, unless the request has its own plan.</summary>
    /// <param name="client">The service client.</param>
    /// <param name="plan">The target; null if each request sets its own.</param>
    public static IHttpClientBuilder WithTokenExchange(this IHttpClientBuilder client, ExchangePlan? plan = null)
    {
        client.Services.AddHttpContextAccessor();
        return client.AddHttpMessageHandler(services => new TokenExchangeHandler(
            services.GetRequiredService<ITokenExchanger>(), services.GetRequiredService<IHttpContextAccessor>(), plan));
    }
}
