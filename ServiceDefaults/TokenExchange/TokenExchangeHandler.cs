using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Sends each request with a token exchanged for it; a request for which there is none is never sent.</summary>
internal sealed class TokenExchangeHandler(ITokenExchanger exchanger, IHttpContextAccessor accessor, ExchangePlan? defaultPlan) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var subject = accessor.HttpContext is { } context ? Caller.Find(context) : null;
        if (subject is null) { throw new InvalidOperationException("There is no caller whose token could be exchanged."); }

        var plan = request.Options.TryGetValue(TokenExchangeRequestExtensions.Plan, out var own) ? own : defaultPlan;
        if (plan is null) { throw new InvalidOperationException("Nobody said for what the caller's token is to be exchanged."); }

        switch (await exchanger.ExchangeAsync(subject, plan, cancellationToken))
        {
            case ExchangeResult.Issued { Token: var token }:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token.Reveal());
                return await base.SendAsync(request, cancellationToken);
            case ExchangeResult.Refused refused:
                throw ExchangeProblem.Of(refused);
            default:
                throw new InvalidOperationException("An exchange has only these two outcomes.");
        }
    }
}

/// <summary>How a refused exchange is told to the caller: reason and the provider's <c>error</c> code, never its description.</summary>
public static class ExchangeProblem
{
    /// <summary>The problem as something to throw.</summary>
    /// <param name="refused">The refusal.</param>
    public static ProblemException Of(ExchangeResult.Refused refused)
    {
        var extensions = refused.Reason == ReasonCode.ExchangeRefused && refused.OAuthError is { } error
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["error"] = error }
            : null;
        return new ProblemException(refused.Reason, refused.Detail, extensions);
    }
}

/// <summary>What a single request needs other than its client's default.</summary>
public static class TokenExchangeRequestExtensions
{
    internal static readonly HttpRequestOptionsKey<ExchangePlan> Plan = new("TraceDemo.ExchangePlan");

    /// <summary>
    /// Sets what the caller's token is exchanged for on this very request. Requester, audience and scope travel with the request,
    /// because several agents share one process and one connection pool.
    /// </summary>
    /// <param name="request">The request to send.</param>
    /// <param name="plan">For what, and as whom.</param>
    public static HttpRequestMessage ExchangingFor(this HttpRequestMessage request, ExchangePlan plan)
    {
        request.Options.Set(Plan, plan);
        return request;
    }

    /// <summary>Sends every request of this client with a token exchanged for <paramref name="plan"/>, unless the request has a plan of its own.</summary>
    /// <param name="client">The service client.</param>
    /// <param name="plan">For what; null when each request says so itself.</param>
    public static IHttpClientBuilder WithTokenExchange(this IHttpClientBuilder client, ExchangePlan? plan = null)
    {
        client.Services.AddHttpContextAccessor();
        return client.AddHttpMessageHandler(services => new TokenExchangeHandler(
            services.GetRequiredService<ITokenExchanger>(), services.GetRequiredService<IHttpContextAccessor>(), plan));
    }
}
